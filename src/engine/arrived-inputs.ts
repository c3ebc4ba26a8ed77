import type { StepOutput } from '../storage/steps.ts'
import type { SkipCause } from './run-events.ts'
import type { RunStep, StepInput } from './run-steps.ts'

/** The outputs of steps that have ended, by the node. */
export type Outputs = ReadonlyMap<string, Readonly<Record<string, StepOutput>>>

/** What has come of steps so far. */
export interface Arrived {
  outputs: Outputs & Map<string, Readonly<Record<string, StepOutput>>>
  /** Steps that give nothing, and why. */
  absent: Map<string, SkipCause>
}

/** The inputs of a step as far as something came; a port at which nothing did is left out, but for a `many` one. */
export function arrivedInputs({ inputs }: Pick<RunStep, 'inputs'>, outputs: Outputs): [string, StepInput][] {
  return Object.entries(inputs).flatMap(([port, input]): [string, StepInput][] => {
    const from = input.from.filter((source) => outputs.get(source.node)?.[source.port])
    return from.length === 0 && !input.many ? [] : [[port, { ...input, from }]]
  })
}

/** Whether a step can do without what another should give, which failed. */
export function acceptsFailureOf(failed: string, { inputs }: RunStep): boolean {
  return Object.values(inputs).every(
    ({ from, acceptsFailure }) => acceptsFailure || from.every(({ node }) => node !== failed),
  )
}

/** Why a step, all of whose needs are settled, has nothing to run on; null where it has. */
export function causeToSkip(step: RunStep, { outputs, absent }: Arrived): SkipCause | null {
  const arrived = new Map(arrivedInputs(step, outputs))
  const missing = Object.entries(step.inputs).flatMap(([port, input]) => {
    const isThere = (arrived.get(port)?.from.length ?? 0) > 0 || input.from.length === 0
    const [first] = input.from
    if (isThere || !first) return []
    const cause: SkipCause = absent.get(first.node) ?? { kind: 'not-taken', node: first.node }
    return [{ input, cause }]
  })
  const isSpare = ({ standsInFor }: StepInput): boolean => standsInFor !== null && arrived.has(standsInFor)
  const needed = missing.find(({ input, cause }) => !isSpare(input) && !canDoWithout(input, cause))
  if (needed) return needed.cause
  // What may fail may not all fail, but where the step only tells of it.
  const tolerant = Object.entries(step.inputs).filter(
    ([, input]) => input.acceptsFailure && input.from.length > 0,
  )
  const isAllGone = tolerant.length > 0 && tolerant.every(([port]) => !arrived.has(port))
  return isAllGone && step.definition.effect !== 'sink' ? missing[0]!.cause : null
}

function canDoWithout({ optional, acceptsFailure }: StepInput, cause: SkipCause): boolean {
  return acceptsFailure ? cause.kind === 'upstream-failed' : optional
}
