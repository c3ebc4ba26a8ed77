import type { ErrorReport } from '../core/errors.ts'
import { executeStep } from './execute-step.ts'
import { createFailures, type Handled } from './handled-failures.ts'
import type { Decision, RunPlan } from './plan-run.ts'
import type { RunEventBody, RunSummary, SkipCause, StepNote } from './run-events.ts'
import type { RunStep, SkippedNode } from './run-steps.ts'
import type { RunTally } from './run-tally.ts'
import type { StepEnd } from './step-end.ts'
import type { StepSurroundings } from './step-surroundings.ts'
import { stepEntry, undecidedEntry } from './write-step-end.ts'

/**
 * Carries a plan out: what is decided to run is run, in parallel as the budget allows; a failed step keeps from
 * running only what needs it, and a sink that waits for it. Rejects, after everything has stopped, if what happens cannot be written down.
 */
export async function runPipeline(options: {
  plan: RunPlan
  run: StepSurroundings
  tally: RunTally
  /** Of the plan. */
  steps: readonly RunStep[]
  /** Nodes that are left out from the start. */
  skipped: readonly SkippedNode[]
  /** In place of executing each step. */
  execute?: typeof executeStep
}): Promise<RunSummary> {
  const { plan, tally, skipped } = options
  const stop = new AbortController()
  const failures = createFailures(options.steps)
  const run: StepSurroundings = {
    ...options.run,
    signal: AbortSignal.any([options.run.signal, stop.signal]),
    failedBefore: (step) => failures.before(step),
  }
  const executions = createExecutions(run, options.execute ?? executeStep)
  const waitingRoom = createWaitingRoom(run)
  const skip = (nodes: readonly SkippedNode[]): void => {
    if (nodes.length === 0) return
    run.journal.note({
      steps: nodes.map(({ node, type }) => undecidedEntry(node, type, 'skipped')),
      events: nodes.map(({ node, cause }) => ({ event: 'step-skipped', node, cause })),
    })
    tally.skipped(nodes.map(({ node }) => node))
  }
  const decide = async (): Promise<void> => {
    const decisions = await plan.advance()
    skip(plan.takeSkipped().map(({ step, cause }) => skippedFor(step, cause)))
    writeDecisions(decisions, run)
    failures.tellUsed(decisions, run)
    for (const decision of decisions)
      if (decision.kind === 'run') waitingRoom.enter(decision)
      else tally.cached(decision.step.node, decision.result.metrics)
  }
  const settle = ({ node, end }: Ended): void => {
    tally.executed(node, end)
    if (end.kind === 'done') plan.ended(node, end.outputs)
    if (end.kind === 'failed') giveUpAfter(node, end.error)
  }
  const giveUpAfter = (failed: string, error: ErrorReport): void => {
    const followers = plan.failed(failed, { isTolerable: error.kind !== 'defect' })
    failures.add(failed, followers, error)
    skip(followers.map((step) => skippedFor(step, { kind: 'upstream-failed', node: failed })))
    const lost = [failed, ...followers.map(({ node }) => node)]
    for (let node = lost.shift(); node !== undefined; node = lost.shift())
      for (const sink of sinksBeside(node)) {
        const given = [sink, ...plan.failed(sink.node)]
        waitingRoom.remove(sink.node)
        skip(given.map((step) => skippedFor(step, { kind: 'reader-failed', node: failed })))
        failures.doHarm(failed)
        lost.push(...given.map((step) => step.node))
      }
  }
  const sinksBeside = (reader: string): RunStep[] =>
    [...waitingRoom.steps(), ...plan.waiting()].filter(({ node }) => run.readersBeside(node).includes(reader))
  try {
    skip(skipped)
    do {
      if (!run.signal.aborted) await decide()
      const isIdle = executions.count === 0
      for (const decision of waitingRoom.leave({ isSettled: (node) => tally.isSettled(node), isIdle }))
        executions.start(decision)
      for (const ended of await executions.ended()) settle(ended)
    } while (executions.count > 0 || waitingRoom.count > 0 || (plan.isReady() && !run.signal.aborted))
    cancelRest({ plan, run, tally })
    tellHandled(failures.handled(tally), run, tally)
    return tally.summary()
  } catch (thrown) {
    stop.abort(thrown)
    await executions.settled()
    throw thrown
  }
}

function tellHandled(handled: readonly Handled[], { journal }: StepSurroundings, tally: RunTally): void {
  if (handled.length === 0) return
  journal.note({ events: handled.map(({ node, by }) => ({ event: 'failure-handled', node, by })) })
  for (const { node } of handled) tally.handled(node)
}

function cancelRest({ plan, run, tally }: { plan: RunPlan; run: StepSurroundings; tally: RunTally }): void {
  const rest = plan.waiting()
  if (rest.length === 0) return
  run.journal.note({
    steps: rest.map(({ node, definition }) => undecidedEntry(node, definition.id, 'cancelled')),
    events: rest.map(({ node }) => ({ event: 'step-cancelled', node })),
  })
  tally.cancelled(rest.map(({ node }) => node))
}

function skippedFor({ node, definition }: RunStep, cause: SkipCause): SkippedNode {
  return { node, type: definition.id, cause }
}

interface Ended {
  node: string
  end: StepEnd
}

/** Steps being executed. */
function createExecutions(run: StepSurroundings, execute: typeof executeStep) {
  const active = new Set<Promise<void>>()
  const ended: Ended[] = []
  let thrown: { error: unknown } | undefined
  let wake = (): void => {}
  const carryOut = async (decision: Decision): Promise<void> => {
    try {
      ended.push({ node: decision.step.node, end: await execute(decision, run) })
    } catch (error) {
      thrown ??= { error }
    }
  }
  return {
    /** Including those that have ended but were not asked for yet. */
    get count() {
      return active.size + ended.length
    },
    start(decision: Decision) {
      const execution: Promise<void> = carryOut(decision).finally(() => {
        active.delete(execution)
        wake()
      })
      active.add(execution)
    },
    /** Waits for at least one end, if any is to come. */
    async ended(): Promise<Ended[]> {
      if (ended.length === 0 && active.size > 0 && !thrown)
        await new Promise<void>((resolve) => (wake = resolve))
      if (thrown) throw thrown.error
      return ended.splice(0)
    },
    settled: () => Promise.allSettled(active),
  }
}

/** Steps to be executed; sinks wait there for those that read the same. */
function createWaitingRoom({ readersBeside, signal }: StepSurroundings) {
  const waiting = new Set<Decision>()
  return {
    get count() {
      return waiting.size
    },
    enter: (decision: Decision) => void waiting.add(decision),
    steps: (): RunStep[] => [...waiting].map(({ step }) => step),
    remove(node: string) {
      for (const decision of waiting) if (decision.step.node === node) waiting.delete(decision)
    },
    leave(now: { isSettled: (node: string) => boolean; isIdle: boolean }): Decision[] {
      const free = [...waiting].filter(
        ({ step }) => signal.aborted || readersBeside(step.node).every(now.isSettled),
      )
      // Two sinks may wait for what needs the other: then neither waits.
      const leaving = free.length === 0 && now.isIdle ? [...waiting] : free
      for (const decision of leaving) waiting.delete(decision)
      return leaving
    },
  }
}

function writeDecisions(decisions: readonly Decision[], { journal }: StepSurroundings): void {
  if (decisions.length === 0) return
  journal.note({ steps: decisions.map(entryOf), events: decisions.map(eventOf) })
}

function entryOf(decision: Decision) {
  if (decision.kind === 'run') return stepEntry(decision, { state: 'queued' })
  const { outputs, metrics } = decision.result
  return stepEntry(decision, { state: 'cached', finishedAt: Date.now(), outputs, metrics })
}

function eventOf(decision: Decision): RunEventBody {
  const { node } = decision.step
  if (decision.kind === 'run') return { event: 'step-queued', node, reasons: decision.reasons }
  const { outputs, metrics, notes } = decision.result
  return {
    event: 'step-cached',
    node,
    reason: decision.reason,
    outputs,
    metrics,
    notes: notes as readonly StepNote[],
  }
}
