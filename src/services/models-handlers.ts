import { join } from 'node:path'
import type { ModelChoice } from '../contract/model-details.ts'
import type { ModelData } from '../core/artifacts.ts'
import { PipewrightError } from '../core/errors.ts'
import { exportModel } from '../serving/export/export-model.ts'
import { isEnvironment } from '../storage/environment.ts'
import { registryError } from '../storage/errors.ts'
import type { Workspace } from '../storage/open-workspace.ts'
import { allowedPath } from './allowed-paths.ts'
import { followRun } from './follow-run.ts'
import { implementation } from './implementation.ts'
import { importPipeline } from './import-pipeline.ts'
import { hostOf, type Services } from './services.ts'

export function modelsHandlers(services: Services) {
  const { models } = implementation
  const registry = () => hostOf(services).workspace.tracking.models
  const artifactOf = (choice: ModelChoice): string =>
    'artifact' in choice ? choice.artifact : registry().resolve(choice.reference).artifact
  const versionOf = (type: string) => services.definitions.find(({ id }) => id === type)?.version ?? 1
  return {
    list: models.list.handler(() => ({ models: registry().list() })),
    show: models.show.handler(async ({ input }) => {
      const { workspace } = hostOf(services)
      const version = registry().resolve(input.reference)
      const run = version.runId === null ? null : workspace.tracking.runs.get(version.runId)
      return {
        registered: registry().show(version.model),
        version,
        versions: registry().versions(version.model),
        aliasHistory: registry().aliasHistory(version.model),
        model: await readModel(workspace, version.artifact),
        pipeline: run && { text: run.document, parameters: run.parameters },
      }
    }),
    details: models.details.handler(({ input, signal }) =>
      hostOf(services).viewer.call('model.details', { artifact: artifactOf(input) }, signal),
    ),
    answer: models.answer.handler(({ input: { model, row }, signal }) =>
      hostOf(services).viewer.call('model.answer', { artifact: artifactOf(model), row }, signal),
    ),
    explain: models.explain.handler(({ input: { model, ...asked }, signal }) =>
      hostOf(services).viewer.call('model.explain', { artifact: artifactOf(model), ...asked }, signal),
    ),
    counterfactuals: models.counterfactuals.handler(({ input: { model, ...asked }, signal }) =>
      hostOf(services).viewer.call(
        'model.counterfactuals',
        { artifact: artifactOf(model), ...asked },
        signal,
      ),
    ),
    card: models.card.handler(({ input: { reference } }) => hostOf(services).writeCard(reference)),
    inspect: models.inspect.handler(async ({ input, signal }) => {
      const host = hostOf(services)
      return host.viewer.call('model.foreign', { path: await allowedPath(input.path, host) }, signal)
    }),
    import: models.import.handler(async ({ input: { tied, ...request }, context }) => {
      const host = hostOf(services)
      const pipeline = importPipeline({ ...request, versionOf })
      const path = join(host.workspace.paths.folder, 'import.pipeline.json')
      const answer = await host.engine.startRun({ pipeline, path })
      if ('refused' in answer) return { outcome: 'refused', findings: answer.refused }
      followRun(answer.run, { host, caller: tied ? context.caller : null })
      return { outcome: 'started', run: answer.run.id }
    }),
    export: models.export.handler(async ({ input: { reference, ...form } }) => {
      const { workspace, version: productVersion } = hostOf(services)
      const { model: name, version, artifact } = registry().resolve(reference)
      const { data } = await workspace.artifacts.read('model', artifact)
      const files = await exportModel({
        ...form,
        model: { name, version, hash: artifact, data, folder: workspace.artifacts.folder(artifact) },
        productVersion,
        versionOf,
      })
      return { model: name, version, files }
    }),
    setAlias: models.setAlias.handler(({ input: { reference, alias } }) => {
      const { model, version } = registry().resolve(reference)
      if (isEnvironment(alias)) throw registryError('needs-promotion', { model, environment: alias })
      registry().setAlias({ model, alias, version, now: Date.now() })
      return { version: registry().resolve(`${model}:${version}`) }
    }),
    removeAlias: models.removeAlias.handler(({ input: { model, alias } }) => {
      registry().removeAlias({ model, alias, now: Date.now() })
      return {}
    }),
  }
}

async function readModel({ artifacts }: Workspace, hash: string): Promise<ModelData | null> {
  try {
    return (await artifacts.read('model', hash)).data
  } catch (error) {
    if (error instanceof PipewrightError && error.code === 'artifact.missing') return null
    throw error
  }
}
