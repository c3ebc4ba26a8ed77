import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { inspectPipeline } from '../checks/inspect-pipeline.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import { PipewrightError, reportOf, type ErrorReport } from '../core/errors.ts'
import type { ExpandedPipeline } from '../core/expand-pipeline.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { sha256OfText } from '../files/sha256.ts'
import type { InputShapes, Shapes } from '../node-kit/propagation.ts'
import type { Workspace } from '../storage/open-workspace.ts'
import type { Share } from './budget.ts'
import type { EngineParts } from './engine-parts.ts'
import { lostWorkerError } from './lost-worker.ts'
import type { ProbeSource } from './pipeline-source.ts'
import { removeFolder } from './remove-folder.ts'
import { openRunLog } from './run-log.ts'
import { hashSourceFiles, type FileSource } from './source-files.ts'
import { logsOf, modelsOfLogs } from './source-logs.ts'
import { engineFormat } from './step-key.ts'
import type { Job } from './worker-protocol.ts'

/** What looking at a source gave: shapes (null where its type cannot be probed), or why it could not be read. */
export type Probed = { shapes: Shapes | null } | { failure: ErrorReport }

/** Looks at each live source of a pipeline whose parameters are right; a source seen before is not looked at again. */
export async function probeSources(
  parts: EngineParts,
  source: ProbeSource & { expanded: ExpandedPipeline },
  signal: AbortSignal,
): Promise<Map<string, Probed>> {
  const probes = liveSources(parts, source.expanded).map(
    async (found) => [found.node, await probe(parts, { source, found, signal })] as const,
  )
  return new Map(await Promise.all(probes))
}

/** The sources with their parsed parameters, found by a check of them alone. */
function liveSources({ definitions }: EngineParts, expanded: ExpandedPipeline): FileSource[] {
  const only = (pipeline: Pipeline): Pipeline => ({
    ...pipeline,
    nodes: Object.fromEntries(
      Object.entries(pipeline.nodes).filter(([, { type }]) => definitions.get(type)?.effect === 'source'),
    ),
    edges: [],
  })
  const sources = { ...expanded, document: only(expanded.document), pipeline: only(expanded.pipeline) }
  const { inspection, params } = inspectPipeline(sources, definitions)
  return [...inspection.nodes.values()].flatMap(({ id, definition }) =>
    params.result.has(id) ? [{ node: id, definition, params: params.result.get(id) }] : [],
  )
}

export interface ProbeRequest {
  source: ProbeSource
  found: FileSource
  /** Of what is probed with its inputs. */
  shapes?: InputShapes
  signal: AbortSignal
}

/** Looks at one node; what was seen before, by the content of what it reads, is not looked at again. */
export async function probe(parts: EngineParts, request: ProbeRequest): Promise<Probed> {
  const { workspace, fingerprints, libraries } = parts
  const { fileHashes, probes } = workspace.tracking
  const { source, found, shapes, signal } = request
  const { id: type, version } = found.definition
  try {
    const files = await hashSourceFiles(found, { baseFolder: dirname(source.path), fileHashes })
    const code = fingerprints.of(type)
    const logs = await logsOf(found, workspace)
    const ingredients = {
      engine: engineFormat,
      type,
      version,
      code,
      params: found.params,
      files,
      libraries,
      ...(logs && { models: modelsOfLogs(logs) }),
      ...(shapes && { shapes }),
    }
    const key = sha256OfText(canonicalJson(ingredients))
    const known = probes.get(key) as { shapes: Shapes | null } | null
    if (known) return known
    const probed = { shapes: await probeInWorker(parts, request, logs) }
    probes.put(key, probed, { now: Date.now() })
    return probed
  } catch (thrown) {
    signal.throwIfAborted()
    const failure = reportOf(thrown)
    return { failure: { ...failure, at: { ...failure.at, node: found.node } } }
  }
}

async function probeInWorker(
  parts: EngineParts,
  request: ProbeRequest,
  logs: Job['logs'],
): Promise<Shapes | null> {
  const { pool, tokens, workspace, fingerprints } = parts
  const { found, signal } = request
  const share = await tokens.take({ signal })
  const folder = join(workspace.paths.staging, `probe-${randomUUID()}`)
  const log = openRunLog(join(workspace.paths.logs, 'probes.log'))
  try {
    const end = await pool.run(
      {
        job: jobOf(request, { workspace, share, folder, logs }),
        signal,
        onProgress: () => {},
        onNote: () => {},
        onOutput: (text) => log.write(found.node, text),
        calls: {
          'models.register': refuseCall,
          'models.resolve': refuseCall,
          'deployments.apply': refuseCall,
          'retraining.apply': refuseCall,
          'monitors.apply': refuseCall,
          'secrets.read': refuseCall,
          'items.run': refuseCall,
        },
      },
      { code: fingerprints.all() },
    )
    switch (end.kind) {
      case 'probed':
        return end.shapes
      case 'failed':
        log.write(found.node, end.details)
        throw new PipewrightError(end.error, end)
      case 'lost':
        throw lostWorkerError(end)
      case 'cancelled':
        throw signal.reason
      case 'done':
        throw new TypeError('a probe was answered like a run')
    }
  } finally {
    share.release()
    await Promise.all([removeFolder(folder), log.close()])
  }
}

function jobOf(
  { source, found, shapes }: ProbeRequest,
  {
    workspace,
    share,
    folder,
    logs,
  }: { workspace: Workspace; share: Share; folder: string; logs: Job['logs'] },
): Job {
  const { id, failures } = found.definition
  return {
    kind: 'probe',
    node: found.node,
    type: id,
    params: found.params,
    failures,
    inputs: {},
    ...(shapes && { shapes }),
    ...(logs && { logs }),
    feeds: {},
    failed: [],
    seed: source.pipeline.seed,
    threads: share.threads,
    memoryMb: share.memoryMb,
    folders: {
      artifacts: [workspace.paths.artifacts],
      staging: folder,
      work: join(folder, 'work'),
      base: dirname(source.path),
    },
  }
}

function refuseCall(): never {
  throw new TypeError('a probe only looks at its source')
}
