import type { RunRecord } from '../storage/runs.ts'
import type { StepState } from '../storage/steps.ts'
import type { Reason } from './explain-step.ts'

export interface RunComparison {
  before: RunRecord
  after: RunRecord
  /** Parameters of the pipeline whose values differ; absent values are undefined. */
  parameters: readonly { name: string; before: unknown; after: unknown }[]
  /** Every metric that one of the runs has. */
  metrics: readonly { node: string; name: string; before: number | null; after: number | null }[]
  /** Every step that one of the runs has, in the order of the later run. */
  steps: readonly {
    node: string
    before: StepState | null
    after: StepState | null
    /** What differs between the two, empty when the keys are equal. */
    reasons: readonly Reason[]
    /** Ports whose content, or number of rows, differs. */
    outputs: readonly {
      port: string
      sameContent: boolean
      rowsBefore: number | null
      rowsAfter: number | null
    }[]
  }[]
}

/** Why the steps of a run ran, or were not run: the data of `runs why`. */
export interface StepWhy {
  node: string
  type: string
  state: StepState
  reasons: readonly Reason[]
}
