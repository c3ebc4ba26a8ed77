import { useEffect, useRef } from 'react'
import { activeTabOf } from '../state/active.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { changeGroupEdits } from './edits/groups.ts'
import { groupNodeId } from './flow/flow-types.ts'

/** The title of a group; a double click lets it be typed. */
export function GroupTitle({ id, title }: { id: string; title: string }) {
  const store = useAppStore()
  const node = groupNodeId(id)
  const isRenaming = useStore(({ renaming }) => renaming === node)
  if (isRenaming) return <GroupTitleField id={id} title={title} />
  return (
    <span
      className="min-w-0 flex-1 truncate text-xs font-semibold text-ink-soft"
      onDoubleClick={(event) => {
        event.stopPropagation()
        store.getState().rename(node)
      }}
    >
      {title}
    </span>
  )
}

function GroupTitleField({ id, title }: { id: string; title: string }) {
  const store = useAppStore()
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const end = (keep: boolean): void => {
    const state = store.getState()
    if (state.renaming === null) return
    const typed = field.current?.value.trim() ?? ''
    const document = activeTabOf(state)?.document
    state.rename(null)
    if (!keep || !document || typed === '' || typed === title) return
    state.applyEdits('Rename a group', changeGroupEdits(document, id, { title: typed }))
  }
  return (
    <input
      ref={field}
      aria-label="Title of the group"
      defaultValue={title}
      maxLength={120}
      className="nodrag nopan min-w-0 flex-1 rounded-sm border border-accent bg-surface px-1 text-xs font-semibold outline-none"
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') end(true)
        if (event.key === 'Escape') end(false)
      }}
    />
  )
}
