import type { Tracking } from '../storage/open-tracking.ts'
import type { StepRecord } from '../storage/steps.ts'

/** Further back, nodes are looked up one by one. */
const runsReadWhole = 3

/** The last finished step of each of some nodes. */
export type PreviousSteps = (nodes: readonly string[]) => ReadonlyMap<string, StepRecord>

/** Looks in the runs of a pipeline, or in those before `before`; each is read once, however often it is asked. */
export function openPreviousSteps(
  tracking: Pick<Tracking, 'runs' | 'steps'>,
  { pipelineId, before }: { pipelineId: string; before?: string },
): PreviousSteps {
  const { runs, steps } = tracking
  const known = new Map<string, StepRecord>()
  let last = before
  let read = 0
  let isOver = false
  const readNextRun = (): void => {
    const [run] = runs.list({ pipelineId, limit: 1, ...(last !== undefined && { before: last }) })
    isOver = !run
    if (!run) return
    read++
    last = run.id
    for (const step of steps.ofRun(run.id))
      if ((step.state === 'done' || step.state === 'cached') && !known.has(step.nodeId))
        known.set(step.nodeId, step)
  }
  const isLookedFor = (nodeId: string): boolean => known.has(nodeId) || isOver || read === runsReadWhole
  const find = (nodeId: string): StepRecord | null => {
    while (!isLookedFor(nodeId)) readNextRun()
    const step = known.get(nodeId)
    if (step || isOver || last === undefined) return step ?? null
    return steps.previousOfNode({ pipelineId, nodeId, beforeRunId: last })
  }
  return (nodes) =>
    new Map(
      nodes.flatMap((node) => {
        const step = find(node)
        return step ? [[node, step] as const] : []
      }),
    )
}
