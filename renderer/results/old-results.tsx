import { CircleDashed } from 'lucide-react'
import { nodeState } from '../canvas/node-status.ts'
import type { SelectedNode } from '../inspector/selected-node.ts'
import { useStore } from '../state/store.ts'
import { outputsOfStep } from './outputs-of-step.ts'

/** Says that what is shown of a node is of before a change. */
export function OldResults({ selected }: { selected: SelectedNode }) {
  const isStale = useStore((state) => nodeState(state, selected.id) === 'stale')
  const isPreviewed = Object.keys(selected.preview?.outputs ?? {}).length > 0
  if (!isStale || isPreviewed || outputsOfStep(selected).length === 0) return null
  return (
    <p role="status" className="flex shrink-0 items-center gap-2 bg-warn-soft px-4 py-1.5 text-xs text-ink">
      <CircleDashed size={14} className="text-warn" aria-hidden />
      These results are from before the last change. Run the pipeline to renew them.
    </p>
  )
}
