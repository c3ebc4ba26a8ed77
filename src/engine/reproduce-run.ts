import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { reportOf, type ErrorReport } from '../core/errors.ts'
import { parsePipeline } from '../core/parse-pipeline.ts'
import type { RunRecord } from '../storage/runs.ts'
import type { ResultRecord } from '../storage/results.ts'
import type { StepRecord } from '../storage/steps.ts'
import { requireRun } from './compare-runs.ts'
import type { EngineParts } from './engine-parts.ts'
import { engineError } from './errors.ts'
import { executeStep } from './execute-step.ts'
import { createPlan } from './plan-run.ts'
import { prepareRun, type PreparedRun } from './prepare-run.ts'
import { removeFolder } from './remove-folder.ts'
import { openReproductionJournal, type ReproductionJournal } from './reproduction-journal.ts'
import type { RunEvent } from './run-events.ts'
import { openRunLog, type RunLog } from './run-log.ts'
import { createItemRunner, isItemStep } from './run-item.ts'
import { runPipeline } from './run-pipeline.ts'
import { createRunTally } from './run-tally.ts'
import { hashesOfLogs, logsAtMarks } from './source-logs.ts'
import type { StoredIngredients } from './step-key.ts'
import { surroundSteps } from './step-surroundings.ts'

export interface Reproduction {
  run: string
  /** True when nothing differs and nothing failed. */
  identical: boolean
  steps: readonly ReproducedStep[]
}

export type ReproducedStep =
  | {
      node: string
      kind: 'compared'
      ports: readonly { port: string; before: string; now: string; equal: boolean }[]
    }
  /** It changes something outside the pipeline, so it was not done again; what it gave is used. */
  | { node: string; kind: 'not-repeated' }
  /** It failed now. */
  | { node: string; kind: 'failed'; error: ErrorReport }
  /** Something it needs failed. */
  | { node: string; kind: 'not-reached' }

interface ReproduceOptions {
  run: string
  /** At most this many for each step. */
  threads?: number
  signal: AbortSignal
}

/**
 * Runs the document of a stored run again, in a store of its own: without the cache, and without its sinks. Compares
 * the hash of every output. Rejects with the signal's reason when cancelled.
 */
export async function reproduceRun(parts: EngineParts, options: ReproduceOptions): Promise<Reproduction> {
  const { tracking, paths } = parts.workspace
  const record = requireRun(tracking, options.run)
  if (record.status === 'running') throw engineError('run-in-progress', { run: record.id })
  const stored = finishedSteps(tracking.steps.ofRun(record.id))
  if (stored.size === 0) throw engineError('not-reproducible', { run: record.id })

  const prepared = await prepareAgain(parts, { record, stored, signal: options.signal })
  requireSameData(record.id, prepared.planOptions.files, stored)
  const staging = join(paths.staging, `reproduce-${randomUUID()}`)
  const journal = openReproductionJournal({ workspace: parts.workspace, folder: staging })
  const log = openRunLog(join(paths.logs, `${record.id}.log`))
  try {
    await runAgain(parts, { ...options, run: record.id, prepared, stored, journal, log, staging })
    options.signal.throwIfAborted()
    return comparison(record.id, stored, journal)
  } finally {
    await Promise.all([removeFolder(staging), log.close()])
  }
}

async function prepareAgain(
  parts: EngineParts,
  options: { record: RunRecord; stored: ReadonlyMap<string, StepRecord>; signal: AbortSignal },
): Promise<PreparedRun> {
  const { record, stored, signal } = options
  const { id, document, parameters } = record
  const [started] = parts.workspace.tracking.events.after(id, 0, 1) as unknown as RunEvent[]
  if (started?.event !== 'run-started') throw engineError('not-reproducible', { run: id })
  const prepared = await prepareRun(
    parts,
    {
      pipeline: parsePipeline(document),
      path: started.pipelinePath,
      parameters,
      // What did not finish then has nothing to be compared with.
      to: [...stored.keys()].filter((node) => !isItemStep(node)),
    },
    signal,
  )
  if (!('refused' in prepared)) return withStoredLogs(prepared, { run: id, stored })
  const { message, remedy } = prepared.refused.find(({ severity }) => severity === 'error')!
  throw engineError('document-refused', { run: id, problem: message, remedy })
}

/** With the logs as far as they were written then. */
function withStoredLogs(
  prepared: PreparedRun,
  { run, stored }: { run: string; stored: ReadonlyMap<string, StepRecord> },
): PreparedRun {
  const steps = prepared.steps.map((step) => {
    const before = stored.get(step.node)?.ingredients as StoredIngredients | undefined
    if (!step.logs || !before) return step
    const logs = logsAtMarks(step.logs, before)
    for (const [deployment, hash] of Object.entries(hashesOfLogs(logs)))
      if (before.logs?.[deployment] !== hash)
        throw engineError('log-changed', { deployment, run }, { at: { node: step.node } })
    return { ...step, logs }
  })
  return { ...prepared, steps, planOptions: { ...prepared.planOptions, steps } }
}

function requireSameData(
  run: string,
  sources: PreparedRun['planOptions']['files'],
  stored: ReadonlyMap<string, StepRecord>,
): void {
  for (const [node, files] of sources) {
    const before = (stored.get(node)?.ingredients as StoredIngredients | undefined)?.files ?? {}
    for (const path of Object.keys({ ...before, ...files }))
      if (files[path] !== before[path]) throw engineError('data-changed', { path, run }, { at: { node } })
  }
}

async function runAgain(
  parts: EngineParts,
  options: ReproduceOptions & {
    prepared: PreparedRun
    stored: ReadonlyMap<string, StepRecord>
    journal: ReproductionJournal
    log: RunLog
    staging: string
  },
): Promise<void> {
  const { prepared, stored, journal, log, staging, signal, threads } = options
  const sinks = new Set(
    prepared.steps.filter(({ definition }) => definition.effect === 'sink').map(({ node }) => node),
  )
  let changed: unknown = null
  /** Of items, what failed then is compared with nothing. */
  const inspect = ({ planOptions: { files } }: PreparedRun): void => {
    try {
      requireSameData(options.run, new Map([...files].filter(([node]) => stored.has(node))), stored)
    } catch (thrown) {
      changed ??= thrown
      throw thrown
    }
  }
  const plan = createPlan({
    ...prepared.planOptions,
    previous: stored,
    // What a sink gave stands in for what it would give.
    lookup({ node }) {
      const gave = sinks.has(node) ? stored.get(node) : undefined
      return gave ? resultOf(gave) : null
    },
  })
  const tally = createRunTally()
  const run = surroundSteps(parts, prepared, {
    artifactRoots: [journal.artifacts, parts.workspace.paths.artifacts],
    staging,
    journal,
    log,
    signal,
    tally,
    runItem: createItemRunner(parts, { lookup: () => null, previousOf: () => stored, tally, inspect }),
    ...(threads !== undefined && { maxThreads: threads }),
  })
  await runPipeline({
    plan,
    run,
    tally,
    steps: prepared.steps,
    skipped: [],
    // A sink that gave nothing gives nothing again, to steps that went on without it.
    async execute(decision, surroundings) {
      const { node } = decision.step
      if (!sinks.has(node)) return executeStep(decision, surroundings)
      const before = parts.workspace.tracking.steps.get({ runId: options.run, nodeId: node })
      return { kind: 'failed', error: before?.error ?? reportOf(engineError('not-repeated', { node })) }
    },
  })
  if (changed) throw changed
}

function resultOf({ key, nodeType, outputs, metrics }: StepRecord): ResultRecord {
  return {
    key: key!,
    nodeType,
    outputs,
    metrics,
    effects: [],
    notes: [],
    durationMs: 0,
    createdAt: 0,
  }
}

function comparison(
  run: string,
  stored: ReadonlyMap<string, StepRecord>,
  { ended }: ReproductionJournal,
): Reproduction {
  const steps = [...stored.values()].map((before): ReproducedStep => {
    const node = before.nodeId
    const now = ended.get(node)
    if (now?.state === 'cached') return { node, kind: 'not-repeated' }
    if (now?.state === 'failed') return { node, kind: 'failed', error: now.error! }
    if (now?.state !== 'done') return { node, kind: 'not-reached' }
    return { node, kind: 'compared', ports: comparePorts(before.outputs, now.outputs) }
  })
  const isIdentical = (step: ReproducedStep): boolean =>
    step.kind === 'not-repeated' || (step.kind === 'compared' && step.ports.every(({ equal }) => equal))
  return { run, identical: steps.every(isIdentical), steps }
}

function comparePorts(before: StepRecord['outputs'], now: StepRecord['outputs']) {
  return Object.entries(before).map(([port, { hash }]) => {
    const hashNow = now[port]?.hash ?? ''
    return { port, before: hash, now: hashNow, equal: hash === hashNow }
  })
}

function finishedSteps(steps: readonly StepRecord[]): Map<string, StepRecord> {
  const finished = steps.filter(({ state }) => state === 'done' || state === 'cached')
  return new Map(finished.map((step) => [step.nodeId, step]))
}
