import type { CheckResult } from '../checks/check-pipeline.ts'
import { expandPipeline } from '../core/expand-pipeline.ts'
import type { Finding } from '../core/finding.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { Workspace } from '../storage/open-workspace.ts'
import { createBudgetTokens, defaultBudget, type Budget, type SpareCores } from './budget.ts'
import { compareRuns, requireRun, whySteps, type RunComparison, type StepWhy } from './compare-runs.ts'
import type { EngineParts } from './engine-parts.ts'
import { forgetResults, type Forgotten } from './forget-results.ts'
import { readLibraryVersions } from './library-versions.ts'
import { loadReferences } from './load-references.ts'
import { openPreviews, type Previews } from './open-previews.ts'
import type { PipelineSource } from './pipeline-source.ts'
import { planRun, type PlannedStep } from './plan-run.ts'
import { checkSource, prepareRun } from './prepare-run.ts'
import { openPreviousSteps } from './previous-steps.ts'
import { probeSources, type Probed } from './probe-sources.ts'
import { reproduceRun, type Reproduction } from './reproduce-run.ts'
import type { RunEvent, RunSummary } from './run-events.ts'
import { createRunFeed, followRun, type RunFeed } from './run-feed.ts'
import type { RunRequest } from './run-request.ts'
import type { RunnerFingerprints } from './runner-fingerprint.ts'
import { startRun } from './start-run.ts'
import type { SpawnWorker } from './worker-process.ts'
import { createWorkerPool } from './worker-pool.ts'

export type { PipelineSource } from './pipeline-source.ts'
export type { RunRequest } from './run-request.ts'

export interface EngineOptions {
  workspace: Workspace
  definitions: readonly AnyNodeDefinition[]
  fingerprints: RunnerFingerprints
  spawnWorker: SpawnWorker
  /** What steps may use together; by default all cores, and 60 % of the memory. */
  budget?: Partial<Budget>
  /** Null where there is no such secret. */
  readSecret: EngineParts['readSecret']
}

export interface RunHandle {
  id: string
  /** Stored events after a sequence number (all of them by default), then live ones up to `run-finished`. */
  events(options?: FollowOptions): AsyncIterable<RunEvent>
  /** Steps get 2 s to stop by themselves. The run ends as `cancelled`. */
  cancel(): void
  /** Rejects only if what happens cannot be written down. */
  finished: Promise<RunSummary>
}

export interface FollowOptions {
  after?: number
  signal?: AbortSignal
}

/** Runs pipelines in a workspace. */
export interface Engine {
  readonly spareCores: SpareCores
  /** Probes the sources (in a step worker, unless they were probed before) and checks the document. */
  check(source: PipelineSource): Promise<CheckResult>
  /** What a run would do now, step by step. Writes nothing, and starts a worker only for a source not probed before. */
  plan(request: RunRequest): Promise<{ steps: readonly PlannedStep[] } | { refused: readonly Finding[] }>
  /** Checks, then runs; errors in the part that is asked for refuse the run. `findings` also has the warnings. */
  startRun(
    request: RunRequest,
  ): Promise<{ run: RunHandle; findings: readonly Finding[] } | { refused: readonly Finding[] }>
  /** A run in progress in this engine. */
  running(id: string): RunHandle | undefined
  /** Events of any run of the workspace, live where it is in progress. */
  events(id: string, options?: FollowOptions): AsyncIterable<RunEvent>
  /** Shapes of the outputs of each source, or why it could not be read. */
  probeSources(source: PipelineSource): Promise<ReadonlyMap<string, Probed>>
  /** Runs the document of a stored run again, without the cache and without effects, and compares every hash. */
  reproduce(options: { run: string; threads?: number; signal?: AbortSignal }): Promise<Reproduction>
  /** Lets nodes and all that depends on them run again. */
  forget(request: PipelineSource & { nodes: readonly string[] }): Promise<Forgotten>
  /** Runs what comes before learners on a sample of the data; nothing of it is a result of a run. */
  preview: Previews['preview']
  why(options: { run: string; node?: string }): readonly StepWhy[]
  compare(options: { before: string; after: string }): RunComparison
  /** Cancels what is in progress and ends the workers. The workspace stays open. */
  close(): Promise<void>
}

export function openEngine(options: EngineOptions): Engine {
  const { workspace, definitions, fingerprints, spawnWorker, budget, readSecret } = options
  const { tracking } = workspace
  const parts: EngineParts = {
    workspace,
    definitions: new Map(definitions.map((definition) => [definition.id, definition])),
    fingerprints,
    libraries: readLibraryVersions(),
    pool: createWorkerPool(spawnWorker),
    tokens: createBudgetTokens({ ...defaultBudget(), ...budget }),
    readSecret,
  }
  const previews = openPreviews(parts)
  const closing = new AbortController()
  const atWork = new Set<Promise<unknown>>()
  /** What `close` has to wait for. */
  const track = <Result>(work: Promise<Result>): Promise<Result> => {
    const settled: Promise<unknown> = work.catch(() => {}).then(() => atWork.delete(settled))
    atWork.add(settled)
    return work
  }
  const running = new Map<string, RunHandle & { feed: RunFeed }>()
  const follow = (id: string, { after = 0, signal }: FollowOptions = {}): AsyncIterable<RunEvent> => {
    const { events } = tracking
    return followRun({ run: requireRun(tracking, id).id, after, events, feed: running.get(id)?.feed, signal })
  }
  return {
    spareCores: parts.tokens.spare,
    check: (source) => track(checkSource(parts, source, closing.signal)),
    probeSources: (source) =>
      track(
        loadReferences(source).then((references) => {
          const { pipeline, parameters: given = {} } = source
          const expanded = expandPipeline({ pipeline, given, references })
          return probeSources(parts, { ...source, expanded }, closing.signal)
        }),
      ),
    async plan(request) {
      const prepared = await track(prepareRun(parts, request, closing.signal))
      if ('refused' in prepared) return prepared
      const nodes = prepared.steps.map(({ node }) => node)
      const previous = openPreviousSteps(tracking, { pipelineId: request.pipeline.id })(nodes)
      const lookup = ({ key }: { key: string }) => tracking.results.get(key)
      return { steps: await planRun({ ...prepared.planOptions, lookup, previous }) }
    },
    async startRun(request) {
      const prepared = await track(prepareRun(parts, request, closing.signal))
      if ('refused' in prepared) return prepared
      const cancel = new AbortController()
      const feed = createRunFeed()
      const signal = AbortSignal.any([cancel.signal, closing.signal])
      const { id, finished } = startRun({ parts, request, prepared, feed, signal })
      const run: RunHandle & { feed: RunFeed } = {
        id,
        events: (which) => follow(id, which),
        cancel: () => cancel.abort(),
        finished,
        feed,
      }
      running.set(id, run)
      void track(finished.finally(() => running.delete(id)))
      return { run, findings: prepared.findings }
    },
    running: (id) => running.get(id),
    events: follow,
    reproduce: ({ signal, ...which }) =>
      track(
        reproduceRun(parts, {
          ...which,
          signal: signal ? AbortSignal.any([signal, closing.signal]) : closing.signal,
        }),
      ),
    forget: (request) => track(forgetResults(tracking, request)),
    preview: (source, { signal, onStep }) =>
      track(previews.preview(source, { onStep, signal: AbortSignal.any([signal, closing.signal]) })),
    why: (which) => whySteps(tracking, which),
    compare: (ids) => compareRuns(tracking, ids),
    async close() {
      closing.abort()
      await Promise.all(atWork)
      parts.pool.close()
    },
  }
}
