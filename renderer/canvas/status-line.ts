import { activeTabOf, stepOf } from '../state/active.ts'
import type { AppState } from '../state/app-state.ts'
import { formatDuration, formatShortCount } from '../ui/format-amount.ts'
import type { NodeState } from './node-status.ts'

/** The second line of a card: how its step goes or went, else what it will give. */
export function statusLine(state: AppState, node: string, now: NodeState): string {
  const step = stepOf(state, node)
  const rows = step?.rows === null || step?.rows === undefined ? null : `${formatShortCount(step.rows)} rows`
  switch (now) {
    case 'idle':
      return outlook(state, node)
    case 'stale':
      return 'Changed since it ran'
    case 'waiting':
      return 'Waiting for its inputs'
    case 'queued':
      return 'Queued'
    case 'running': {
      const share =
        step?.share === null || step?.share === undefined ? null : `${Math.floor(step.share * 100)} %`
      return joined(share, rows, step?.note ?? null) || 'Running'
    }
    case 'done':
      return joined(rows, step?.durationMs == null ? null : formatDuration(step.durationMs)) || 'Done'
    case 'cached':
      return joined(rows, 'unchanged')
    case 'failed':
      return step?.error?.message ?? 'Failed'
    case 'skipped':
      return step?.skipped?.kind === 'disabled' ? 'Switched off' : 'Skipped'
    case 'cancelled':
      return 'Stopped'
  }
}

const joined = (...parts: readonly (string | null)[]): string => parts.filter(Boolean).join(' · ')

/** What is known of the first output before anything ran, else the type of a node that has a title of its own. */
function outlook(state: AppState, node: string): string {
  const tab = activeTabOf(state)
  const described = tab?.description?.nodes.find(({ id }) => id === node)
  const shape = described && Object.values(described.outputs)[0]
  const { type = '', title } = tab?.document.nodes[node] ?? {}
  if (shape?.kind === 'table' && shape.known && shape.columns.length > 0)
    return shape.columns.length === 1 ? '1 column' : `${shape.columns.length} columns`
  if (shape?.kind === 'model' && shape.target !== null) return `Predicts ${shape.target}`
  return title === undefined ? '' : (state.definitions[type]?.title ?? type)
}
