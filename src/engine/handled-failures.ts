import type { ErrorReport } from '../core/errors.ts'
import { acceptsFailureOf } from './arrived-inputs.ts'
import type { Decision } from './plan-run.ts'
import type { RunStep } from './run-steps.ts'
import type { RunTally } from './run-tally.ts'
import type { StepSurroundings } from './step-surroundings.ts'

/** A failure that did no harm, and the steps that went on without what failed. */
export interface Handled {
  node: string
  by: readonly string[]
}

interface Failure {
  error: ErrorReport
  /** It, and all that was given up for it. */
  lost: ReadonlySet<string>
  isHarmful: boolean
}

const isSink = ({ definition }: RunStep): boolean => definition.effect === 'sink'

/** Keeps track of which failures of a run do no harm. */
export function createFailures(steps: readonly RunStep[]) {
  const failures = new Map<string, Failure>()
  const acceptorsOf = ({ lost }: Failure): RunStep[] =>
    steps.filter(
      (step) =>
        !lost.has(step.node) && step.needs.some((need) => lost.has(need) && acceptsFailureOf(need, step)),
    )
  return {
    add(node: string, followers: readonly RunStep[], error: ErrorReport) {
      const lost = new Set([node, ...followers.map((step) => step.node)])
      failures.set(node, { error, lost, isHarmful: error.kind === 'defect' })
    },
    before(step: RunStep): { node: string; message: string }[] {
      return [...failures].flatMap(([node, failure]) =>
        acceptorsOf(failure).includes(step) ? [{ node, message: failure.error.message }] : [],
      )
    },
    /** Something was given up for a failure that nobody can make good. */
    doHarm(node: string) {
      const failure = failures.get(node)
      if (failure) failure.isHarmful = true
    },
    /** Says, at each step that goes on without what failed, what that was. */
    tellUsed(decisions: readonly Decision[], { journal }: StepSurroundings) {
      for (const { step } of decisions)
        for (const [node, failure] of failures) {
          if (!acceptorsOf(failure).includes(step)) continue
          if (isSink(step)) continue
          const message = `“${node}” failed, and this step goes on without it: ${failure.error.message}`
          journal.note({ events: [{ event: 'step-note', node: step.node, level: 'warning', message }] })
        }
    },
    /** A failure is handled when everything that was lost for it leads to steps that did without, and ended well. */
    handled(tally: Pick<RunTally, 'hasResult'>): Handled[] {
      return [...failures].flatMap(([node, failure]) => {
        // To tell of a failure does not make it good.
        const acceptors = acceptorsOf(failure).filter((step) => !isSink(step))
        const leadsOn = (lost: string): boolean =>
          steps.some(
            ({ node: next, needs }) =>
              needs.includes(lost) &&
              (failure.lost.has(next) || acceptors.some((each) => each.node === next)),
          )
        const isHandled =
          !failure.isHarmful &&
          [...failure.lost].every(leadsOn) &&
          acceptors.every((each) => tally.hasResult(each.node))
        return isHandled ? [{ node, by: acceptors.map((each) => each.node) }] : []
      })
    },
  }
}
