import type { Artifact, ModelData, ReportData } from '../../../src/core/artifacts.ts'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { sha256OfText } from '../../../src/files/sha256.ts'
import { clusterName, emitKMeans } from '../../../src/learn/k-means/emit-k-means.ts'
import { fitKMeans, type FittedKMeans } from '../../../src/learn/k-means/fit-k-means.ts'
import type { KMeansModel } from '../../../src/learn/k-means/k-means-model.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { buildModelGraph } from '../../../src/recipe/build-model.ts'
import { writeReport } from '../../write-report.ts'
import { sketchInputs } from '../sketch-inputs.ts'
import { unlabelledTable } from '../unlabelled-table.ts'
import { writeModel } from '../write-model.ts'
import { kMeans, type KMeansParams } from './definition.ts'

export const run = defineRun(kMeans, async ({ table }, params, context) => {
  const rows = unlabelledTable(context, table.data)
  const { seed, threads, signal } = context
  const progress = context.progress.bind(context)
  const fitted = await fitKMeans(rows, params, { seed, threads, signal, progress })
  const { features } = rows
  return {
    model: await packModel(context, table, { model: fitted.model, features, params }),
    report: await writeReport(context, reportOf(fitted, features)),
  }
})

async function packModel(
  context: RunContext,
  table: Artifact<'table'>,
  parts: { model: KMeansModel; features: readonly string[]; params: KMeansParams },
): Promise<Artifact<'model'>> {
  const { model, features, params } = parts
  const sketch = await sketchInputs(context, table.data)
  const { bytes, signature } = buildModelGraph(
    table.data,
    (builder, matrix) => emitKMeans(builder, matrix, model),
    { 'pipewright.sketch': sha256OfText(canonicalJson(sketch)) },
  )
  const data: ModelData = {
    task: 'clustering',
    target: { name: 'cluster' },
    signature,
    features: [...features],
    learner: { type: 'k-means', params },
    trainedOn: table.hash,
  }
  return writeModel(context, { data, bytes, sketch })
}

function reportOf(
  { model, counts, inertia, iterations, tried }: FittedKMeans,
  features: readonly string[],
): ReportData {
  const rows = counts.reduce((sum, count) => sum + count, 0)
  const { silhouette } = tried.find(({ clusters }) => clusters === model.clusters)!
  const clusters = Array.from(counts, (count, cluster) => ({
    name: clusterName(cluster),
    rows: count,
    share: count / rows,
    center: [...model.centers.subarray(cluster * model.features, (cluster + 1) * model.features)],
  }))
  return {
    type: 'clustering',
    metrics: { clusters: model.clusters, inertia, ...(silhouette !== null && { silhouette }) },
    content: {
      rows,
      iterations,
      features: [...features],
      clusters,
      tried: tried.map((each) => ({ ...each })),
    },
  }
}
