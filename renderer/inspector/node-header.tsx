import { StickyNote } from 'lucide-react'
import { useState } from 'react'
import { NodeIcon } from '../canvas/node-icon.tsx'
import { useStore } from '../state/store.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { useDraft } from './form/use-draft.ts'
import type { SelectedNode } from './selected-node.ts'

type Fields = { title?: string | null; note?: string | null; disabled?: boolean | null }

/** Title, note and whether the node takes part, with what is wrong with it as a whole. */
export function NodeHeader({ selected }: { selected: SelectedNode }) {
  const { id, node, definition, findings } = selected
  const applyEdits = useStore((state) => state.applyEdits)
  const set = (what: string, fields: Fields): void =>
    void applyEdits(what, [{ kind: 'set-node', node: id, fields }])
  const typeTitle = definition?.title ?? node.type
  const title = useDraft(node.title ?? '', (typed) =>
    set('Rename a node', { title: typed.trim() === '' ? null : typed.trim() }),
  )
  const [showsNote, setShowsNote] = useState(node.note !== undefined)
  const whole = findings.filter(({ at }) => at?.param === undefined)
  return (
    <header className="flex flex-col gap-2 border-b border-line px-3 pt-3 pb-2">
      <div className="flex items-start gap-2.5">
        <NodeIcon type={node.type} />
        <div className="min-w-0 flex-1">
          <input
            aria-label="Title of the node"
            value={title.text}
            placeholder={typeTitle}
            maxLength={120}
            onChange={(event) => title.change(event.target.value)}
            onBlur={title.leave}
            className="-ml-1 w-full rounded-sm border border-transparent bg-transparent px-1 text-md font-semibold placeholder:text-ink hover:border-line focus-visible:border-accent"
          />
          <p className="truncate text-xs text-ink-faint">
            {node.title === undefined ? id : `${typeTitle} · ${id}`}
          </p>
        </div>
        <IconButton
          label={showsNote ? 'Hide the note' : 'Write a note'}
          pressed={showsNote}
          onClick={() => setShowsNote(!showsNote)}
        >
          <StickyNote size={15} />
        </IconButton>
      </div>
      {showsNote && (
        <Note text={node.note ?? ''} onChange={(note) => set('Change a note', { note: note || null })} />
      )}
      <label className="flex items-center gap-2 text-xs text-ink-soft">
        <Switch
          checked={node.disabled !== true}
          onChange={(takesPart) =>
            set(takesPart ? 'Enable a node' : 'Disable a node', { disabled: takesPart ? null : true })
          }
        />
        {node.disabled ? 'Left out of runs' : 'Takes part in runs'}
      </label>
      {whole.map(({ message, remedy, severity, fix }, index) => (
        <div key={index} className={severity === 'error' ? 'text-xs text-bad' : 'text-xs text-warn'}>
          {message} <span className="text-ink-soft">{remedy}</span>
          {fix && (
            <button
              type="button"
              className="ml-1 font-medium text-accent underline-offset-2 hover:underline"
              onClick={() => applyEdits(fix.title, fix.edits)}
            >
              {fix.title}
            </button>
          )}
        </div>
      ))}
    </header>
  )
}

function Note({ text, onChange }: { text: string; onChange: (note: string) => void }) {
  const draft = useDraft(text, onChange)
  return (
    <TextArea
      aria-label="Note of the node"
      placeholder="What is this step for?"
      rows={2}
      value={draft.text}
      onChange={(event) => draft.change(event.target.value)}
      onBlur={draft.leave}
    />
  )
}
