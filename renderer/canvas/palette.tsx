import { PanelLeftClose } from 'lucide-react'
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import type { NodeDescription } from '../../src/contract/nodes-contract.ts'
import { addToCanvas } from '../commands/add-to-canvas.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { matchNodes } from './match-nodes.ts'
import { PaletteItem } from './palette-item.tsx'
import { byStage } from './stages.ts'

/** Every node type, by stage: drag one onto the canvas, or press Enter to add it behind what is selected. */
export function Palette() {
  const store = useAppStore()
  const definitions = useStore((state) => state.definitions)
  const [typed, setTyped] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const groups = useMemo(() => {
    const nodes = Object.values(definitions)
    const found = matchNodes(nodes, typed)
    return typed.trim() === '' ? byStage(nodes) : [{ stage: 'found', title: 'Found', nodes: found }]
  }, [definitions, typed])
  const add = (description: NodeDescription): void => addToCanvas(store, description)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const items = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLButtonElement)
    const next = at + (event.key === 'ArrowDown' ? 1 : -1)
    if (next < 0) event.currentTarget.querySelector('input')?.focus()
    else items[Math.min(next, items.length - 1)]?.focus()
  }
  return (
    <nav aria-label="Node types" className="flex h-full flex-col bg-surface" onKeyDown={onKeyDown}>
      <div className="flex items-center gap-1 p-2">
        <SearchField
          label="Find a node type"
          className="flex-1"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => {
            const first = groups[0]?.nodes[0]
            if (event.key === 'Enter' && typed.trim() !== '' && first) add(first)
            if (event.key === 'Escape') setTyped('')
          }}
        />
        <IconButton
          label="Hide the node types"
          keys="mod+b"
          onClick={() => store.getState().togglePanel('palette')}
        >
          <PanelLeftClose size={16} aria-hidden />
        </IconButton>
      </div>
      <div ref={list} className="min-h-0 flex-1 overflow-y-auto px-2 pb-3">
        {groups.map(({ stage, title, nodes }) => (
          <section key={stage} aria-label={title}>
            <h3 className="sticky top-0 z-10 bg-surface px-1 pt-2 pb-1 text-2xs font-semibold text-ink-faint">
              {title}
            </h3>
            {nodes.map((node) => (
              <PaletteItem key={node.id} node={node} isTabStop={node === groups[0]?.nodes[0]} onAdd={add} />
            ))}
          </section>
        ))}
        {groups.every(({ nodes }) => nodes.length === 0) && (
          <p className="px-1 py-3 text-ink-faint">No node type is called like that.</p>
        )}
      </div>
    </nav>
  )
}
