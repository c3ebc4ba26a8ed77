import type { Tracking } from '../storage/open-tracking.ts'
import type { StepRecord } from '../storage/steps.ts'

/** Further back, nodes are looked up one by one. */
const runsReadWhole = 3

/** The last finished step of each node, in the runs of its pipeline, or in those before `before`. */
export function previousSteps(
  tracking: Pick<Tracking, 'runs' | 'steps'>,
  { pipelineId, nodes, before }: { pipelineId: string; nodes: readonly string[]; before?: string },
): ReadonlyMap<string, StepRecord> {
  const found = new Map<string, StepRecord>()
  let last = before
  for (let count = 0; count < runsReadWhole && found.size < nodes.length; count++) {
    const [run] = tracking.runs.list({ pipelineId, limit: 1, ...(last !== undefined && { before: last }) })
    if (!run) return found
    last = run.id
    for (const step of tracking.steps.ofRun(run.id))
      if ((step.state === 'done' || step.state === 'cached') && !found.has(step.nodeId))
        found.set(step.nodeId, step)
  }
  for (const nodeId of nodes) {
    if (found.has(nodeId) || last === undefined) continue
    const step = tracking.steps.previousOfNode({ pipelineId, nodeId, beforeRunId: last })
    if (step) found.set(nodeId, step)
  }
  return found
}
