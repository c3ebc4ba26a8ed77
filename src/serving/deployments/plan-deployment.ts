import type { ServedVersion } from '../../core/deployment.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import { PipewrightError, type ErrorReport } from '../../core/errors.ts'
import { artifactFolder } from '../../storage/artifact-folders.ts'
import type { DeploymentRecord } from '../../storage/deployments.ts'
import type { Tracking } from '../../storage/open-tracking.ts'
import { deploymentLogFolder, type WorkspacePaths } from '../../storage/workspace-paths.ts'
import type { LoadableVersion, ServerConfiguration } from '../server-protocol.ts'
import { deploymentError } from './errors.ts'

/** A wished version, and what its reference means now. */
export interface PlannedVersion extends ServedVersion {
  meant: LoadableVersion | null
  isRolledBack: boolean
  problem: ErrorReport | null
}

/** What the processes of a deployment are to serve, as the registry is now. */
export interface DeploymentPlan {
  versions: readonly PlannedVersion[]
  configuration: Omit<ServerConfiguration, 'revision'>
  /** Equal for plans that are served alike. */
  key: string
}

/** Throws `deployment.no-live-version`, or what is wrong with the only live version there is. */
export function planDeployment(
  { number, name, spec, rolledBack }: Pick<DeploymentRecord, 'number' | 'name' | 'spec' | 'rolledBack'>,
  { tracking, paths }: { tracking: Tracking; paths: WorkspacePaths },
): DeploymentPlan {
  const loadable = (reference: string): LoadableVersion => {
    const { model, version, artifact } = tracking.models.resolve(reference)
    if (!tracking.artifacts.get(artifact))
      throw deploymentError('model-gone', { model: `${model}:${version}` })
    return { model, version, artifact, folder: artifactFolder(paths.artifacts, artifact) }
  }
  const versions = spec.versions.map((wished): PlannedVersion => {
    const isAnswering = wished.role !== 'shadow' && wished.weight > 0
    try {
      const meant = loadable(wished.reference)
      const isRolledBack = wished.role === 'canary' && rolledBack.includes(meant.artifact)
      return { ...wished, meant, isRolledBack, problem: null }
    } catch (error) {
      const isOnly = spec.versions.filter(({ role, weight }) => role === 'live' && weight > 0).length === 1
      if (!(error instanceof PipewrightError) || (wished.role === 'live' && isAnswering && isOnly))
        throw error
      return { ...wished, meant: null, isRolledBack: false, problem: error.toReport() }
    }
  })
  const served = unique(
    versions.flatMap(({ meant, role, weight, isRolledBack }) =>
      meant && !isRolledBack ? [{ ...meant, role, weight }] : [],
    ),
  )
  if (!served.some(({ role, weight }) => role === 'live' && weight > 0))
    throw versions.find(({ problem }) => problem)?.problem
      ? new PipewrightError(versions.find(({ problem }) => problem)!.problem!)
      : deploymentError('no-live-version', { name })
  const { fallback, stickyBy, timeoutMs, log } = spec
  const configuration = {
    deployment: number,
    name,
    versions: served,
    fallback:
      fallback.kind === 'version' ? { kind: fallback.kind, version: loadable(fallback.reference) } : fallback,
    stickyBy,
    timeoutMs,
    log: {
      share: log.share,
      neverLogged: log.neverLogged,
      folder: deploymentLogFolder(paths, name),
    },
  }
  return { versions, configuration, key: canonicalJson(configuration) }
}

/** Two references may mean one version: the first counts, with the weight of both where both answer alike. */
function unique(versions: ServerConfiguration['versions']): ServerConfiguration['versions'] {
  const byName = new Map<string, ServerConfiguration['versions'][number]>()
  for (const version of versions) {
    const key = `${version.model}:${version.version}`
    const known = byName.get(key)
    if (!known) byName.set(key, version)
    else if (known.role === version.role && known.role !== 'shadow')
      byName.set(key, { ...known, weight: known.weight + version.weight })
  }
  return [...byName.values()]
}
