import { Handle, Position, type NodeProps } from '@xyflow/react'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { memo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { activeTabOf } from '../state/active.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { classNames } from '../ui/class-names.ts'
import { changeGroupEdits } from './edits/groups.ts'
import type { GroupNode } from './flow/flow-types.ts'
import { GroupTitle } from './group-title.tsx'
import { nodeState, type NodeState } from './node-status.ts'
import { StateMark } from './state-mark.tsx'

/** What matters most of several steps stands for all of them. */
const weight: readonly NodeState[] = [
  'failed',
  'running',
  'queued',
  'cancelled',
  'stale',
  'waiting',
  'done',
  'cached',
]

/** The frame around a group or, collapsed, the card in place of its nodes. */
export const GroupCard = memo(function GroupCard({ data, selected }: NodeProps<GroupNode>) {
  const { group: id, collapsed } = data
  const store = useAppStore()
  const group = useStore((state) => activeTabOf(state)?.document.groups?.[id])
  const states = useStore(useShallow((state) => (group?.nodes ?? []).map((node) => nodeState(state, node))))
  if (!group) return null
  const toggle = (): void => {
    const state = store.getState()
    const document = activeTabOf(state)?.document
    if (!document) return
    state.applyEdits(
      collapsed ? 'Expand a group' : 'Collapse a group',
      changeGroupEdits(document, id, { collapsed: !collapsed }),
    )
  }
  const Chevron = collapsed ? ChevronRight : ChevronDown
  return (
    <div className={classNames(collapsed ? 'group-fold' : 'group-box', selected && 'is-selected')}>
      <div className="group-handle flex h-8 items-center gap-1 px-2">
        <button
          type="button"
          aria-label={collapsed ? 'Expand the group' : 'Collapse the group'}
          aria-expanded={!collapsed}
          className="nodrag inline-flex size-6 items-center justify-center rounded-md text-ink-faint hover:bg-hover hover:text-ink"
          onClick={toggle}
        >
          <Chevron size={15} aria-hidden />
        </button>
        <GroupTitle id={id} title={group.title} />
      </div>
      {collapsed && (
        <>
          <div className="flex items-center gap-1.5 pr-3 pl-10 text-2xs text-ink-faint">
            <span className="flex-1">
              {group.nodes.length === 1 ? '1 node' : `${group.nodes.length} nodes`}
            </span>
            <StateMark state={weight.find((state) => states.includes(state)) ?? 'idle'} />
          </div>
          <Handle id="in" type="target" position={Position.Left} className="port" isConnectable={false} />
          <Handle id="out" type="source" position={Position.Right} className="port" isConnectable={false} />
        </>
      )}
    </div>
  )
})
