import { mkdir } from 'node:fs/promises'
import type { AnyArtifact, Artifact, ArtifactKind } from '../core/artifacts.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import { PipewrightError, reportOf } from '../core/errors.ts'
import type { Runner } from '../node-kit/define-node.ts'
import type { Progress } from '../node-kit/run-context.ts'
import type { ArtifactFolders } from '../storage/artifact-folders.ts'
import { engineError } from './errors.ts'
import { openLayeredArtifacts } from './layered-artifacts.ts'
import type { StepNote } from './run-events.ts'
import { createStepContext, type CallHost, type OpenLog, type StepTraces } from './step-context.ts'
import { inPlainWords } from './system-error.ts'
import type { Job, JobEnd, JobInput, JobOutput } from './worker-protocol.ts'

/** How to load the runner of each node type. */
export type RunnerList = Readonly<Record<string, () => Promise<Runner>>>

/** Runs or probes one node, in a step worker. Never rejects: how it ended, and with what, is the answer. */
export async function carryOutJob(options: {
  job: Job
  runners: RunnerList
  signal: AbortSignal
  tellProgress: (progress: Progress) => void
  tellNote: (note: StepNote) => void
  callHost: CallHost
  openLog: OpenLog
}): Promise<JobEnd> {
  const { job, runners, signal } = options
  const { artifacts: roots, staging, work } = job.folders
  const artifacts = openLayeredArtifacts({ roots, staging })
  const traces: StepTraces = { effects: [], kept: {} }
  const context = createStepContext({ ...options, artifacts, traces })
  try {
    await mkdir(work, { recursive: true })
    const runner = await loadRunner(runners, job.type)
    if (job.kind === 'probe') {
      const shapes = await runner.probe?.(job.params, context, job.shapes ?? {})
      return { kind: 'probed', shapes: shapes ?? null }
    }
    const outputs = await runner.run(await readInputs(job, artifacts), job.params, context)
    return { kind: 'done', effects: unique(traces.effects), ...leavingsOf(given(outputs), artifacts) }
  } catch (thrown) {
    if (signal.aborted) return { kind: 'cancelled' }
    return failureOf({ thrown, job, artifacts, kept: traces.kept })
  }
}

async function loadRunner(runners: RunnerList, type: string): Promise<Runner> {
  const load = runners[type]
  if (!load) throw engineError('no-runner', { type })
  return load()
}

async function readInputs(
  job: Job,
  artifacts: ArtifactFolders,
): Promise<Record<string, Artifact | Artifact[] | undefined>> {
  const read = async ({ many, kind, hashes }: JobInput) => {
    const found = await Promise.all(hashes.map((hash) => artifacts.read<ArtifactKind>(kind, hash)))
    return many ? found : found[0]
  }
  const entries = Object.entries(job.inputs).map(async ([port, input]) => [port, await read(input)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

/** Without outputs that a runner says are none. */
function given(outputs: Readonly<Record<string, Artifact | undefined>>): Record<string, Artifact> {
  const entries = Object.entries(outputs).filter(
    (entry): entry is [string, Artifact] => entry[1] !== undefined,
  )
  return Object.fromEntries(entries)
}

function leavingsOf(outputs: Readonly<Record<string, Artifact>>, artifacts: ArtifactFolders) {
  const reports = Object.values(outputs as Record<string, AnyArtifact>).filter(
    (each) => each.kind === 'report',
  )
  return {
    outputs: Object.fromEntries(
      Object.entries(outputs as Record<string, AnyArtifact>).map(([port, each]) => [port, outputOf(each)]),
    ),
    written: artifacts.written,
    metrics: Object.assign({}, ...reports.map((report) => report.data.metrics)) as Record<string, number>,
  }
}

function outputOf({ kind, hash, data }: AnyArtifact): JobOutput {
  if (kind !== 'table') return { kind, hash }
  const { rows, columns } = data
  return { kind, hash, rows: rows.count, columns: columns.map(({ name, type }) => ({ name, type })) }
}

function failureOf(options: {
  thrown: unknown
  job: Job
  artifacts: ArtifactFolders
  kept: Readonly<Record<string, Artifact>>
}): JobEnd {
  const { job, artifacts, kept } = options
  const thrown = inPlainWords(options.thrown)
  const error = reportOf(thrown)
  return {
    kind: 'failed',
    error: { ...error, at: { ...error.at, node: job.node } },
    retryable: thrown instanceof PipewrightError && thrown.retryable,
    details: stackOf(options.thrown),
    ...leavingsOf(kept, artifacts),
    // Without outputs to keep, what was written so far is not of use to anyone.
    ...(Object.keys(kept).length === 0 && { written: [] }),
  }
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const cause = thrown.cause === undefined ? '' : `\ncaused by ${stackOf(thrown.cause)}`
  return `${thrown.stack ?? thrown.message}${cause}`
}

const unique = <Value>(values: readonly Value[]): Value[] => [
  ...new Map(values.map((value) => [canonicalJson(value), value])).values(),
]
