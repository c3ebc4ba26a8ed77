import { Command } from 'cmdk'
import { useEffect, useMemo, useRef } from 'react'
import type { NodeDescription } from '../../src/contract/nodes-contract.ts'
import type { Position } from '../../src/core/pipeline.ts'
import { addToCanvas } from '../commands/add-to-canvas.ts'
import { activeTabOf } from '../state/active.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { addNodeEdits, freePlace } from './edits/add-node.ts'
import { connectEdits, connectionOf, fittingPorts } from './edits/connect.ts'
import { fittingEnds, type FittingEnd } from './edits/fitting-ends.ts'
import { nodeMinHeight, nodeWidth } from './flow/node-geometry.ts'
import { matchRank } from './match-nodes.ts'
import { NodeIcon } from './node-icon.tsx'
import { byStage } from './stages.ts'

const width = 360
const height = 400

/** A list of node types at the pointer; with an open end only those that fit it, which are connected at once. */
export function NodeSearch() {
  const search = useStore((state) => state.nodeSearch)
  return search ? <OpenNodeSearch key={`${search.screen.x} ${search.screen.y}`} /> : null
}

function OpenNodeSearch() {
  const store = useAppStore()
  const search = useStore((state) => state.nodeSearch)!
  const definitions = useStore((state) => state.definitions)
  const document = useStore((state) => activeTabOf(state)?.document)
  const panel = useRef<HTMLDivElement>(null)
  const { screen, at, end } = search
  const groups = useMemo(() => {
    const fitting = Object.values(definitions).filter(
      (description) =>
        !end || (document && fittingPorts(description, { end, document, definitions }).length > 0),
    )
    return byStage(fitting)
  }, [definitions, document, end])
  const ends = useMemo(
    () => (end && document ? fittingEnds(document, { end, definitions }) : []),
    [definitions, document, end],
  )
  const connect = (other: FittingEnd): void => {
    close()
    if (!document || !end) return
    const connection = connectionOf(end, other)
    store.getState().applyEdits('Connect', connectEdits({ document, definitions, connection }))
  }
  const close = (): void => store.getState().searchNodes(null)
  useEffect(() => {
    const onPointerDown = (event: PointerEvent): void => {
      if (!panel.current?.contains(event.target as Node)) store.getState().searchNodes(null)
    }
    window.addEventListener('pointerdown', onPointerDown, { capture: true })
    return () => window.removeEventListener('pointerdown', onPointerDown, { capture: true })
  }, [store])
  const choose = (type: string): void => {
    const state = store.getState()
    const description = definitions[type]
    close()
    if (!document || !description) return
    if (at === null) addToCanvas(store, description)
    else addAt(description, at)
    // The card is drawn with the next picture.
    const [added] = store.getState().selectedNodes
    requestAnimationFrame(() => state.canvas?.focus(added))
  }
  const addAt = (description: NodeDescription, [x, y]: Position): void => {
    if (!document) return
    const state = store.getState()
    const place: Position = end ? [end.side === 'output' ? x : x - nodeWidth, y - nodeMinHeight / 2] : [x, y]
    const added = addNodeEdits({
      document,
      definitions,
      description,
      at: freePlace(document, [round(place[0]), round(place[1])]),
      end: end ?? undefined,
    })
    if (!state.applyEdits(`Add “${description.title}”`, added.edits)) return
    state.select({ nodes: [added.id] })
    state.canvas?.keepInSight([added.id])
  }
  return (
    <div
      ref={panel}
      role="dialog"
      aria-label="Add a node"
      className="fixed z-40"
      style={{
        left: Math.max(8, Math.min(screen.x, window.innerWidth - width - 8)),
        top: Math.max(8, Math.min(screen.y, window.innerHeight - height - 8)),
        width,
      }}
    >
      <Command
        label="Add a node"
        className="command-list"
        filter={(id, typed) => {
          const description = definitions[id]
          if (!description) return id.toLowerCase().includes(typed.toLowerCase()) ? 2 : 0
          const rank = matchRank(description, typed)
          return Number.isFinite(rank) ? 1 / (1 + rank) : 0
        }}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') close()
        }}
      >
        <Command.Input autoFocus placeholder={end ? 'Nodes that fit here' : 'Add a node'} />
        <Command.List>
          <Command.Empty>No node is called like that.</Command.Empty>
          {ends.length > 0 && (
            <Command.Group heading="Connect with">
              {ends.map((other) => (
                <Command.Item
                  key={`${other.node}.${other.port}`}
                  value={`${other.title} ${other.node}.${other.port}`}
                  onSelect={() => connect(other)}
                >
                  <NodeIcon type={document!.nodes[other.node]!.type} size={14} />
                  <span className="truncate font-medium">{other.title}</span>
                  <span className="ml-auto text-2xs text-ink-faint">{other.portTitle}</span>
                </Command.Item>
              ))}
            </Command.Group>
          )}
          {groups.map(({ stage, title, nodes }) => (
            <Command.Group key={stage} heading={title}>
              {nodes.map((node) => (
                <Command.Item key={node.id} value={node.id} onSelect={() => choose(node.id)}>
                  <NodeIcon type={node.id} size={14} />
                  <span className="min-w-0">
                    <span className="block truncate font-medium">{node.title}</span>
                    <span className="block truncate text-2xs text-ink-faint">{node.summary}</span>
                  </span>
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </div>
  )
}

const round = (value: number): number => Math.round(value / 10) * 10
