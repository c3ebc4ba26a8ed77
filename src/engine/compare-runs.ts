import type { Tracking } from '../storage/open-tracking.ts'
import type { RunRecord } from '../storage/runs.ts'
import type { StepRecord, StepState } from '../storage/steps.ts'
import { ownValue } from '../core/own-value.ts'
import { engineError } from './errors.ts'
import { explainDifference, type Reason } from './explain-step.ts'
import type { StoredIngredients } from './step-key.ts'

export interface RunComparison {
  before: RunRecord
  after: RunRecord
  /** Parameters of the pipeline whose values differ; absent values are undefined. */
  parameters: readonly { name: string; before: unknown; after: unknown }[]
  /** Every metric that one of the runs has. */
  metrics: readonly { node: string; name: string; before: number | null; after: number | null }[]
  /** Every step that one of the runs has, in the order of the later run. */
  steps: readonly StepComparison[]
}

export interface StepComparison {
  node: string
  before: StepState | null
  after: StepState | null
  /** What differs between the two; empty when the keys are equal, or one of them never came to have one. */
  reasons: readonly Reason[]
  /** Every port that one of the two gave something at. */
  outputs: readonly {
    port: string
    sameContent: boolean
    rowsBefore: number | null
    rowsAfter: number | null
  }[]
}

/** Why the steps of a run ran, or were not run: the data of `runs why`. */
export interface StepWhy {
  node: string
  type: string
  state: StepState
  reasons: readonly Reason[]
}

export function whySteps(
  tracking: Tracking,
  { run, node }: { run: string; node?: string },
): readonly StepWhy[] {
  return tracking.steps
    .ofRun(requireRun(tracking, run).id)
    .filter(({ nodeId }) => node === undefined || isNamed(nodeId, node))
    .map(({ nodeId, nodeType, state, reason }) => ({
      node: nodeId,
      type: nodeType,
      state,
      reasons: reason as readonly Reason[],
    }))
}

/** Whether a step is that of a node, or one inside the sub-pipeline that the node stands for. */
export const isNamed = (step: string, node: string): boolean => step === node || step.startsWith(`${node}/`)

export function compareRuns(tracking: Tracking, ids: { before: string; after: string }): RunComparison {
  const before = requireRun(tracking, ids.before)
  const after = requireRun(tracking, ids.after)
  const pairs = pairsOf(tracking.steps.ofRun(before.id), tracking.steps.ofRun(after.id))
  return {
    before,
    after,
    parameters: namesOf(before.parameters, after.parameters)
      .map((name) => ({
        name,
        before: ownValue(before.parameters, name),
        after: ownValue(after.parameters, name),
      }))
      .filter((parameter) => parameter.before !== parameter.after),
    metrics: pairs.flatMap(compareMetrics),
    steps: pairs.map(compareSteps),
  }
}

export function requireRun({ runs }: Pick<Tracking, 'runs'>, id: string): RunRecord {
  const run = runs.get(id)
  if (!run) throw engineError('unknown-run', { run: id })
  return run
}

interface StepPair {
  node: string
  before: StepRecord | undefined
  after: StepRecord | undefined
}

/** Steps of the later run first, then those that only the earlier one has. */
function pairsOf(before: readonly StepRecord[], after: readonly StepRecord[]): StepPair[] {
  const earlier = new Map(before.map((step) => [step.nodeId, step]))
  const later = new Set(after.map(({ nodeId }) => nodeId))
  return [
    ...after.map((step) => ({ node: step.nodeId, before: earlier.get(step.nodeId), after: step })),
    ...before
      .filter(({ nodeId }) => !later.has(nodeId))
      .map((step) => ({ node: step.nodeId, before: step, after: undefined })),
  ]
}

function compareMetrics({ node, before, after }: StepPair): RunComparison['metrics'] {
  return namesOf(before?.metrics ?? {}, after?.metrics ?? {}).map((name) => ({
    node,
    name,
    before: before?.metrics[name] ?? null,
    after: after?.metrics[name] ?? null,
  }))
}

function compareSteps({ node, before, after }: StepPair): StepComparison {
  return {
    node,
    before: before?.state ?? null,
    after: after?.state ?? null,
    reasons:
      before?.key && after?.key && before.key !== after.key
        ? explainDifference(before.ingredients as StoredIngredients, after.ingredients as StoredIngredients)
        : [],
    outputs: namesOf(before?.outputs ?? {}, after?.outputs ?? {}).map((port) => {
      const old = before?.outputs[port]
      const now = after?.outputs[port]
      return {
        port,
        sameContent: old?.hash === now?.hash,
        rowsBefore: old?.rows ?? null,
        rowsAfter: now?.rows ?? null,
      }
    }),
  }
}

const namesOf = (before: object, after: object): string[] => [
  ...new Set([...Object.keys(after), ...Object.keys(before)]),
]
