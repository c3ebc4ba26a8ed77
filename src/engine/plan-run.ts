import type { Effect } from '../node-kit/run-context.ts'
import type { ResultRecord } from '../storage/results.ts'
import type { StepOutput, StepRecord } from '../storage/steps.ts'
import { acceptsFailureOf, arrivedInputs, causeToSkip, type Arrived, type Outputs } from './arrived-inputs.ts'
import { explainDifference, type Reason } from './explain-step.ts'
import type { LibraryVersions } from './library-versions.ts'
import { hashesOfLogs, marksOfLogs } from './source-logs.ts'
import type { SkipCause } from './run-events.ts'
import type { RunStep } from './run-steps.ts'
import { engineFormat, stepKey, type StepIngredients, type StoredIngredients } from './step-key.ts'

/** What a run would do with one node. */
export type PlannedStep = { node: string } & (
  | { kind: 'cached'; key: string; reason: Reason }
  | { kind: 'run'; key: string; reasons: readonly Reason[] }
  /** Whether it runs depends on what these give. */
  | { kind: 'wait'; for: readonly string[] }
  | { kind: 'skipped'; cause: SkipCause }
)

/** A step whose inputs are known, and so its key. */
export type Decision = { step: RunStep; key: string; ingredients: StoredIngredients } & (
  | { kind: 'cached'; reason: Reason; result: ResultRecord }
  | { kind: 'run'; reasons: readonly Reason[] }
)

export interface PlanOptions {
  /** Inputs first. */
  steps: readonly RunStep[]
  seed: number
  baseFolder: string
  /** Fingerprint of the runner of a node type. */
  codeOf: (nodeType: string) => string
  libraries: LibraryVersions
  /** Content hashes of the files that sources read, by node. */
  files: ReadonlyMap<string, Readonly<Record<string, string>>>
  /** The result of a key, if there is one to be used. */
  lookup(decided: { key: string; node: string }): Promise<ResultRecord | null> | ResultRecord | null
  /** Why an effect does not hold any more; null while it holds. */
  brokenEffect: (effect: Effect) => Promise<string | null>
  /** Places of steps that are called otherwise in the run. */
  placeOf?: ReadonlyMap<string, string>
  /** Outputs that are there from the start, by the node that they come from. */
  given?: ReadonlyMap<string, Readonly<Record<string, StepOutput>>>
  /** The last finished step of each node. */
  previous: ReadonlyMap<string, StepRecord>
}

/**
 * Decides step by step what runs and what is cached. A key needs the hashes of the inputs, so what follows a step that
 * runs is decided once that has ended: equal outputs give equal keys, and the rest is cached.
 */
export interface RunPlan {
  /** Decides all that can be decided now. Not to be called again before it has answered. */
  advance(): Promise<readonly Decision[]>
  /** Whether an end has made something ready to be decided, or to be told of as skipped. */
  isReady(): boolean
  ended(node: string, outputs: Readonly<Record<string, StepOutput>>): void
  /** What cannot run for want of a step that failed, or is given up; each is told once. */
  failed(node: string, failure?: { isTolerable: boolean }): readonly RunStep[]
  outputsOf(node: string): Readonly<Record<string, StepOutput>> | undefined
  /** What came to nothing since this was asked last, since nothing arrived that it could use. */
  takeSkipped(): readonly SkippedStep[]
  /** Steps that are neither decided nor given up, inputs first. */
  waiting(): readonly RunStep[]
}

interface SkippedStep {
  step: RunStep
  cause: SkipCause
}

export function createPlan(options: PlanOptions): RunPlan {
  const { steps } = options
  const stepOf = new Map(steps.map((step) => [step.node, step]))
  const followers = followersOf(steps)
  const open = new Map(steps.map(({ node, needs }) => [node, needs.length]))
  const arrived: Arrived = { outputs: new Map(options.given), absent: new Map() }
  let ready = steps.filter(({ needs }) => needs.length === 0)
  let skipped: SkippedStep[] = []

  /** One of the needs of each follower is settled: it gave what it gives. */
  const settled = (node: string): void => {
    for (const follower of followers.get(node) ?? []) countDown(follower)
  }
  const countDown = (node: string): void => {
    const left = open.get(node)
    if (left === undefined) return
    open.set(node, left - 1)
    if (left > 1) return
    const step = stepOf.get(node)!
    const cause = causeToSkip(step, arrived)
    if (!cause) {
      ready.push(step)
      return
    }
    open.delete(node)
    arrived.absent.set(node, cause)
    skipped.push({ step, cause })
    settled(node)
  }
  const ended = (node: string, made: Readonly<Record<string, StepOutput>>): void => {
    arrived.outputs.set(node, made)
    settled(node)
  }
  const giveUp = (failed: string, { isTolerable } = { isTolerable: false }): RunStep[] => {
    const given: RunStep[] = []
    const causes = [failed]
    open.delete(failed)
    for (let node = causes.shift(); node !== undefined; node = causes.shift()) {
      arrived.absent.set(node, { kind: 'upstream-failed', node: failed })
      for (const follower of followers.get(node) ?? []) {
        const step = stepOf.get(follower)!
        const isTold = isTolerable || step.definition.effect === 'sink'
        if (isTold && acceptsFailureOf(node, step)) countDown(follower)
        else if (open.delete(follower)) {
          given.push(step)
          causes.push(follower)
        }
      }
    }
    return given
  }
  return {
    async advance() {
      const decisions: Decision[] = []
      while (ready.length > 0) {
        const now = ready.filter(({ node }) => open.has(node))
        ready = []
        for (const { node } of now) open.delete(node)
        const decided = await Promise.all(now.map((step) => decide(step, arrived.outputs, options)))
        for (const decision of decided)
          if (decision.kind === 'cached') ended(decision.step.node, decision.result.outputs)
        decisions.push(...decided)
      }
      return decisions
    },
    isReady: () => ready.length > 0 || skipped.length > 0,
    ended,
    failed: giveUp,
    outputsOf: (node) => arrived.outputs.get(node),
    takeSkipped() {
      const taken = skipped
      skipped = []
      return taken
    },
    waiting: () => steps.filter(({ node }) => open.has(node)),
  }
}

/** What a run would do with each step, as far as can be said before anything ran. */
export async function planRun(options: PlanOptions): Promise<PlannedStep[]> {
  const plan = createPlan(options)
  const decisions = new Map((await plan.advance()).map((decision) => [decision.step.node, decision]))
  const skipped = new Map(plan.takeSkipped().map(({ step, cause }) => [step.node, cause]))
  return options.steps.map(({ node, needs }): PlannedStep => {
    const decision = decisions.get(node)
    const cause = skipped.get(node)
    if (cause) return { node, kind: 'skipped', cause }
    if (!decision)
      return { node, kind: 'wait', for: needs.filter((need) => decisions.get(need)?.kind !== 'cached') }
    const { key } = decision
    return decision.kind === 'cached'
      ? { node, kind: 'cached', key, reason: decision.reason }
      : { node, kind: 'run', key, reasons: decision.reasons }
  })
}

async function decide(step: RunStep, outputs: Outputs, options: PlanOptions): Promise<Decision> {
  const arrived = arrivedInputs(step, outputs)
  const ingredients = ingredientsOf(step, { arrived, outputs }, options)
  const key = stepKey(ingredients)
  const feeds = Object.fromEntries(
    arrived.map(([port, { from }]) => [port, from.map(({ node }) => placeOf(node, options))]),
  )
  const logMarks = step.logs && marksOfLogs(step.logs)
  const head = { step, key, ingredients: { ...ingredients, feeds, ...(logMarks && { logMarks }) } }
  const previous = options.previous.get(step.node)
  const { definition } = step
  const run = (reasons: readonly Reason[]): Decision => ({ ...head, kind: 'run', reasons })
  if (definition.runsSubpipeline) return run([{ kind: 'items' }, ...changesSince(previous, head)])
  if (step.isForced) return run([{ kind: 'forced' }, ...changesSince(previous, head)])
  const result = await options.lookup({ key, node: step.node })
  if (!result) return run(previous?.key === key ? [{ kind: 'result-gone' }] : changesSince(previous, head))
  const broken = result.effects.length === 0 ? null : await firstBroken(result.effects, options)
  if (broken !== null) return run([{ kind: 'effect-gone', what: broken }])
  if (isOvertaken(result, { key, previous })) return run(changesSince(previous, head))
  return { ...head, kind: 'cached', reason: cachedReason(key, previous, result), result }
}

/** The node has registered another model since, which its aliases point to and which is the latest version. */
function isOvertaken(
  { effects }: ResultRecord,
  { key, previous }: { key: string; previous: StepRecord | undefined },
): boolean {
  const hasRegistered = effects.some(({ kind }) => kind === 'registered-model')
  return hasRegistered && previous !== undefined && previous.key !== key
}

function changesSince(
  previous: StepRecord | undefined,
  { key, ingredients }: { key: string; ingredients: StoredIngredients },
): readonly Reason[] {
  if (!previous) return [{ kind: 'never-ran' }]
  if (previous.key === key) return []
  return explainDifference(previous.ingredients as StoredIngredients, ingredients)
}

function ingredientsOf(
  step: RunStep,
  { arrived, outputs }: { arrived: ReturnType<typeof arrivedInputs>; outputs: Outputs },
  options: PlanOptions,
): StepIngredients {
  const { seed, baseFolder, codeOf, libraries, files } = options
  const { node, place, definition, params } = step
  const { id, version } = definition
  return {
    engine: engineFormat,
    node: place,
    type: id,
    version,
    code: codeOf(id),
    params,
    seed,
    inputs: Object.fromEntries(
      arrived.map(([port, { many, from }]) => [
        port,
        from.map((source) => ({
          hash: outputs.get(source.node)![source.port]!.hash,
          ...(many && { node: placeOf(source.node, options) }),
        })),
      ]),
    ),
    files: files.get(node) ?? {},
    libraries,
    ...(step.logs && { logs: hashesOfLogs(step.logs) }),
    ...(definition.writes !== undefined && { folder: baseFolder }),
  }
}

const placeOf = (node: string, { placeOf: names }: PlanOptions): string => names?.get(node) ?? node

async function firstBroken(
  effects: readonly Effect[],
  { brokenEffect }: PlanOptions,
): Promise<string | null> {
  for (const effect of effects) {
    const broken = await brokenEffect(effect)
    if (broken !== null) return broken
  }
  return null
}

function cachedReason(key: string, previous: StepRecord | undefined, { createdAt }: ResultRecord): Reason {
  if (previous?.key !== key) return { kind: 'as-before', at: createdAt }
  const [earlier] = previous.reason as readonly Reason[]
  // A cached step passes on which run made the result.
  return previous.state === 'cached' && earlier?.kind === 'unchanged'
    ? earlier
    : { kind: 'unchanged', run: previous.runId }
}

function followersOf(steps: readonly RunStep[]): Map<string, string[]> {
  const followers = new Map<string, string[]>()
  for (const { node, needs } of steps)
    for (const need of needs) followers.set(need, [...(followers.get(need) ?? []), node])
  return followers
}
