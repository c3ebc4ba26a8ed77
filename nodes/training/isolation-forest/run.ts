import type { Artifact, ModelData } from '../../../src/core/artifacts.ts'
import { canonicalJson } from '../../../src/core/canonical-json.ts'
import { sha256OfText } from '../../../src/files/sha256.ts'
import { fitIsolationForest } from '../../../src/learn/isolation-forest/fit-isolation-forest.ts'
import type { UnlabelledTable } from '../../../src/learn/unlabelled-table.ts'
import type { IsolationModel } from '../../../src/learn/isolation-forest/isolation-model.ts'
import { emitIsolationScores, isolationScores } from '../../../src/learn/isolation-forest/isolation-scores.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { buildModelGraph } from '../../../src/recipe/build-model.ts'
import { writeReport } from '../../write-report.ts'
import { sketchInputs } from '../sketch-inputs.ts'
import { unlabelledTable } from '../unlabelled-table.ts'
import { writeModel } from '../write-model.ts'
import { isolationForest } from './definition.ts'

export const run = defineRun(isolationForest, async ({ table }, params, context) => {
  const rows = unlabelledTable(context, table.data)
  const { seed, threads, signal } = context
  const progress = context.progress.bind(context)
  const forest = await fitIsolationForest(rows, params, { seed, threads, signal, progress })
  const spread = spreadOf(await scoresOf(forest, rows))
  const model = await packModel(context, table, { forest, features: rows.features, params })
  const report = await writeReport(context, {
    type: 'training',
    metrics: { mean_score: spread.mean },
    content: { learner: model.data.learner, rows: rows.rows, trees: forest.trees.length, scores: spread },
  })
  return { model, report }
})

async function scoresOf(forest: IsolationModel, rows: UnlabelledTable): Promise<Float64Array> {
  const scores = new Float64Array(rows.rows)
  let firstRow = 0
  for await (const chunk of rows.chunks()) {
    scores.set(isolationScores(forest, chunk), firstRow)
    firstRow += chunk.rows
  }
  return scores.sort()
}

/** Of ascending scores. */
function spreadOf(scores: Float64Array) {
  const at = (share: number): number => scores[Math.round(share * (scores.length - 1))]!
  return {
    lowest: at(0),
    mean: scores.reduce((sum, score) => sum + score, 0) / scores.length,
    median: at(0.5),
    percentile90: at(0.9),
    percentile95: at(0.95),
    percentile99: at(0.99),
    highest: at(1),
  }
}

async function packModel(
  context: RunContext,
  table: Artifact<'table'>,
  parts: {
    forest: IsolationModel
    features: readonly string[]
    params: { trees: number; sampleRows: number }
  },
): Promise<Artifact<'model'>> {
  const { forest, features, params } = parts
  const sketch = await sketchInputs(context, table.data)
  const { bytes, signature } = buildModelGraph(
    table.data,
    (builder, matrix) => ({ value: emitIsolationScores(builder, matrix, forest) }),
    { 'pipewright.sketch': sha256OfText(canonicalJson(sketch)) },
  )
  const data: ModelData = {
    task: 'regression',
    target: { name: 'anomaly score' },
    signature,
    features: [...features],
    learner: { type: 'isolation-forest', params },
    trainedOn: table.hash,
  }
  return writeModel(context, { data, bytes, sketch })
}
