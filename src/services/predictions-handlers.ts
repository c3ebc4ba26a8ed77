import { extname, join } from 'node:path'
import type { Engine, PipelineSource } from '../engine/open-engine.ts'
import { predictionError } from './errors.ts'
import { followRun } from './follow-run.ts'
import { implementation } from './implementation.ts'
import { predictionId } from './prediction-id.ts'
import { predictionPipeline, predictionSteps } from './prediction-pipeline.ts'
import { hostOf, type Services } from './services.ts'

const writableEndings = new Set(['.csv', '.tsv', '.json', '.jsonl', '.ndjson', '.parquet'])

export function predictionsHandlers(services: Services) {
  const { predictions } = implementation
  return {
    start: predictions.start.handler(async ({ input, context }) => {
      const host = hostOf(services)
      const { tracking, artifacts, paths } = host.workspace
      const { data, output, rejects } = input
      requireOwnFiles(input)
      const { model, version, artifact } = tracking.models.resolve(input.model)
      const { signature } = (await artifacts.read('model', artifact)).data
      const pipeline = predictionPipeline({
        id: predictionId(model),
        model: `${model}:${version}`,
        signature,
        data,
        output,
        rejects,
        versionOf: (type) => services.definitions.find(({ id }) => id === type)?.version ?? 1,
      })
      const path = join(paths.folder, 'predict.pipeline.json')
      const answer = await host.engine.startRun({ pipeline, path })
      if ('refused' in answer) {
        await refuseMissingColumns(host.engine, { source: { pipeline, path }, model: `${model}:${version}` })
        return { outcome: 'refused', findings: answer.refused }
      }
      followRun(answer.run, { host, caller: input.tied ? context.caller : null })
      return { outcome: 'started', run: answer.run.id, model, version, steps: predictionSteps }
    }),
  }
}

function requireOwnFiles(paths: { data: string; output: string; rejects?: string }): void {
  const { data, output, rejects } = paths
  for (const path of rejects === undefined ? [output] : [output, rejects]) {
    if (!writableEndings.has(extname(path).toLowerCase())) throw predictionError('unknown-format', { path })
    if (path === data) throw predictionError('same-file', { path })
  }
  if (rejects === output) throw predictionError('rejects-over-answers', { path: output })
}

/** The reader knows the columns of a model as settings of its own: here they are what the model needs. */
async function refuseMissingColumns(
  engine: Engine,
  { source, model }: { source: PipelineSource; model: string },
): Promise<void> {
  const probed = (await engine.probeSources(source)).get(predictionSteps.read)
  if (!probed || !('failure' in probed) || probed.failure.code !== 'read.unknown-columns') return
  const { file: path, columns, found } = probed.failure.values
  throw predictionError('columns-missing', { model, path: path!, columns: columns!, found: found! })
}
