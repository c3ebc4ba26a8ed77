import type { Pipeline } from '../core/pipeline.ts'
import type { BudgetTokens } from './budget.ts'
import type { EngineParts } from './engine-parts.ts'
import type { PreparedRun } from './prepare-run.ts'
import { readersBeside } from './readers-beside.ts'
import type { RunJournal } from './run-journal.ts'
import type { RunLog } from './run-log.ts'
import type { RunStep } from './run-steps.ts'
import { namedMetrics, type RunTally } from './run-tally.ts'
import type { WorkerPool } from './worker-pool.ts'
import type { HostCalls } from './worker-protocol.ts'

/** A sub-pipeline to be run for an item of a step. */
export interface ItemRun {
  step: RunStep
  subpipeline: Pipeline
  item: string
  inputs: Parameters<HostCalls['items.run']>[0]['inputs']
  parameters: Parameters<HostCalls['items.run']>[0]['parameters']
  signal: AbortSignal
  /** Of the step. */
  run: StepSurroundings
}

/** How it ended, and which of its steps failed. */
export interface ItemEnd {
  outcome: Awaited<ReturnType<HostCalls['items.run']>>
  failed: readonly string[]
}
export type RunItem = (request: ItemRun) => Promise<ItemEnd>

/** What the steps of a run share. */
export interface StepSurroundings {
  seed: number
  /** Of the pipeline file. */
  baseFolder: string
  /** Artifact stores to read from; the first that has an artifact counts. */
  artifactRoots: readonly string[]
  /** A folder of the run's own. */
  staging: string
  pool: WorkerPool
  /** State of the runners' code. A run that takes everything from the cache need not read it. */
  code: () => string
  tokens: BudgetTokens
  /** At most this many for a step. */
  maxThreads?: number
  journal: RunJournal
  log: RunLog
  signal: AbortSignal
  runItem: RunItem
  readSecret: EngineParts['readSecret']
  /** What failed before a step that goes on without it. */
  failedBefore(step: RunStep): readonly { node: string; message: string }[]
  /** Content hashes, as they are now, of the files a source reads. */
  hashFiles: (step: RunStep) => Promise<Readonly<Record<string, string>>>
  /** What a sink waits for, although it does not need it. */
  readersBeside: (node: string) => readonly string[]
  /** Metrics of everything that leads to a sink, and of what it waits for: what a model is registered with. */
  metricsFor(node: string): Readonly<Record<string, number>>
}

export function surroundSteps(
  { pool, tokens, readSecret }: EngineParts,
  { baseFolder, planOptions, hashFiles, code, steps }: PreparedRun,
  own: Pick<
    StepSurroundings,
    'artifactRoots' | 'staging' | 'journal' | 'log' | 'signal' | 'maxThreads' | 'runItem'
  > & {
    tally: RunTally
  },
): StepSurroundings {
  const { tally, ...rest } = own
  const beside = readersBeside(steps)
  return {
    seed: planOptions.seed,
    baseFolder,
    pool,
    tokens,
    readSecret,
    code: onDemand(() => code.all()),
    hashFiles,
    failedBefore: () => [],
    readersBeside: (node) => beside.get(node) ?? [],
    metricsFor: (node) =>
      Object.fromEntries(
        [...upstreamOf(node, steps), ...(beside.get(node) ?? [])].flatMap((each) =>
          namedMetrics(each, tally.metricsOf(each)),
        ),
      ),
    ...rest,
  }
}

function upstreamOf(node: string, steps: readonly RunStep[]): Set<string> {
  const needs = new Map(steps.map((step) => [step.node, step.needs]))
  const found = new Set<string>()
  const open = [...(needs.get(node) ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue
    found.add(next)
    open.push(...(needs.get(next) ?? []))
  }
  return found
}

function onDemand<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
