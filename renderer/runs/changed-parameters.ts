import type { RunComparisonData } from '../../src/contract/runs-contract.ts'

export interface ChangedParameter {
  /** `<nodeId>.<parameter>`, or the name of a parameter of the pipeline. */
  name: string
  before: unknown
  after: unknown
}

/** What was set otherwise in the later run: of its steps, then of the pipeline. */
export function changedParameters({
  steps,
  parameters,
}: Pick<RunComparisonData, 'steps' | 'parameters'>): readonly ChangedParameter[] {
  const ofSteps = steps.flatMap(({ node, reasons }) =>
    reasons.flatMap(({ reason }): ChangedParameter[] =>
      reason.kind === 'parameter'
        ? [{ name: `${node}.${reason.param}`, before: reason.before, after: reason.after }]
        : [],
    ),
  )
  return [...ofSteps, ...parameters.map(({ name, before, after }) => ({ name, before, after }))]
}
