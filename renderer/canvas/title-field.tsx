import { useEffect, useRef } from 'react'
import { useAppStore } from '../state/store.ts'

interface TitleFieldProps {
  id: string
  title: string
}

/** The title of a node while it is typed: Enter keeps it, Escape does not; empty brings that of its type back. */
export function TitleField({ id, title }: TitleFieldProps) {
  const store = useAppStore()
  const field = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  useEffect(() => field.current?.select(), [])
  const end = (keep: boolean): void => {
    if (isDone.current) return
    isDone.current = true
    const typed = field.current?.value.trim() ?? ''
    const { applyEdits, rename } = store.getState()
    rename(null)
    if (!keep || typed === title) return
    const edit = { kind: 'set-node', node: id, fields: { title: typed === '' ? null : typed } } as const
    applyEdits('Rename a node', [edit])
  }
  return (
    <input
      ref={field}
      aria-label="Title"
      defaultValue={title}
      maxLength={120}
      className="nodrag nopan -mx-1 w-[calc(100%+0.5rem)] rounded-sm border border-accent bg-surface px-1 text-sm leading-tight font-medium outline-none"
      onBlur={() => end(true)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') end(true)
        if (event.key === 'Escape') end(false)
      }}
    />
  )
}
