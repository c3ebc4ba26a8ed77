import { parseEdge, type Pipeline } from '../../core/pipeline.ts'
import type { RetrainingPolicy } from '../../core/retraining.ts'
import type { StepRecord } from '../../storage/steps.ts'

/**
 * The table whose test rows are the newest labels: of the node that the policy names, else of the one that a link from
 * “Retrain” leads back to, else of the feedback of the deployment. Null where the run has none.
 */
export function newestLabels(
  pipeline: Pipeline,
  policy: RetrainingPolicy,
  steps: readonly StepRecord[],
): string | null {
  const named = policy.newest === null ? [] : [policy.newest]
  const linked = (pipeline.links ?? [])
    .map(parseEdge)
    .filter(({ from }) => pipeline.nodes[from.node]?.type === 'monitoring.retrain')
    .map(({ to }) => to.node)
  const feedback = steps
    .filter(({ nodeType }) => nodeType === 'ingestion.feedback')
    .map(({ nodeId }) => nodeId)
  for (const node of [...named, ...linked, ...feedback]) {
    const step = steps.find(({ nodeId }) => nodeId === node)
    const table = Object.values(step?.outputs ?? {}).find(({ kind }) => kind === 'table')
    if (table) return table.hash
  }
  return null
}
