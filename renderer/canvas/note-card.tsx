import { NodeResizer, type NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { activeTabOf } from '../state/active.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { classNames } from '../ui/class-names.ts'
import { changeNotesEdits, type Note } from './edits/notes.ts'
import type { NoteNode } from './flow/flow-types.ts'

/** A piece of paper on the canvas. What is typed is one step of undo, once the field is left. */
export const NoteCard = memo(function NoteCard({ data, selected }: NodeProps<NoteNode>) {
  const { note: id } = data
  const store = useAppStore()
  const text = useStore((state) => activeTabOf(state)?.document.notes?.[id]?.text ?? '')
  const change = (title: string, part: Partial<Note>): void => {
    const state = store.getState()
    const document = activeTabOf(state)?.document
    if (document?.notes?.[id]) state.applyEdits(title, changeNotesEdits(document, { [id]: part }))
  }
  return (
    <div className={classNames('note-card', selected && 'is-selected')}>
      <NodeResizer
        isVisible={selected}
        minWidth={120}
        minHeight={60}
        onResizeEnd={(_event, { x, y, width, height }) =>
          change('Resize a note', {
            at: [Math.round(x), Math.round(y)],
            size: [Math.round(width), Math.round(height)],
          })
        }
      />
      <textarea
        key={text}
        aria-label="Note"
        defaultValue={text}
        placeholder="Write a note"
        className="nopan nowheel h-full w-full resize-none bg-transparent p-3 text-sm outline-none placeholder:text-ink-faint"
        onBlur={({ target }) => target.value !== text && change('Edit a note', { text: target.value })}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
    </div>
  )
})
