import {
  Background,
  BackgroundVariant,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStore as useFlowStore,
  type EdgeTypes,
  type NodeTypes,
  type Viewport,
} from '@xyflow/react'
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type DragEvent,
  type MouseEvent,
} from 'react'
import { activeTabOf } from '../state/active.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { Breadcrumbs } from './breadcrumbs.tsx'
import { CanvasControls } from './canvas-controls.tsx'
import { ConnectionLine } from './connection-line.tsx'
import { DataEdge } from './data-edge.tsx'
import { detailAt, DetailContext } from './detail.ts'
import { addNodeEdits } from './edits/add-node.ts'
import { EmptyCanvas } from './empty-canvas.tsx'
import { createEdgeDerivation } from './flow/derive-edges.ts'
import { createNodeDerivation } from './flow/derive-nodes.ts'
import { firstViewport } from './flow/first-viewport.ts'
import type { FlowEdge, FlowNode } from './flow/flow-types.ts'
import { nodeMinHeight, nodeWidth } from './flow/node-geometry.ts'
import { GroupCard } from './group-card.tsx'
import { NoteCard } from './note-card.tsx'
import { LinkLayer } from './link-layer.tsx'
import { OverviewLayer } from './overview/overview-layer.tsx'
import { useNodesInHand } from './overview/use-nodes-in-hand.ts'
import { draggedNodeType } from './palette-drag.ts'
import { StepCard } from './step-card.tsx'
import { useCanvasControls } from './use-canvas-controls.ts'
import { useConnecting } from './use-connecting.ts'
import { useKeepCentre } from './use-keep-centre.ts'
import { useFlowChanges } from './use-flow-changes.ts'

const nodeTypes: NodeTypes = { step: StepCard, frame: GroupCard, note: NoteCard }
const edgeTypes: EdgeTypes = { data: DataEdge }
/** Up to this many nodes all are drawn, so that Tab reaches each of them; of more, those that are seen. */
const wholeLimit = 200
const noEdges: FlowEdge[] = []
const grid: [number, number] = [10, 10]

/** The active pipeline as a drawing. */
export function Canvas() {
  const store = useAppStore()
  const document = useStore((state) => activeTabOf(state)?.document)
  const definitions = useStore((state) => state.definitions)
  const selectedNodes = useStore((state) => state.selectedNodes)
  const selectedEdges = useStore((state) => state.selectedEdges)
  const flow = useReactFlow<FlowNode, FlowEdge>()

  const deriveNodes = useMemo(createNodeDerivation, [])
  const deriveEdges = useMemo(createEdgeDerivation, [])
  const framePlaces = useRef(new Map<string, { x: number; y: number }>())
  const { moving, onNodesChange, onEdgesChange } = useFlowChanges(framePlaces.current)
  const selected = useMemo(() => new Set(selectedNodes), [selectedNodes])
  const nodes = useMemo(
    () => (document ? deriveNodes({ document, definitions, selected, moving }) : []),
    [document, definitions, selected, moving, deriveNodes],
  )
  const edges = useMemo(
    () => (document ? deriveEdges({ document, definitions, selected: new Set(selectedEdges) }) : []),
    [document, definitions, selectedEdges, deriveEdges],
  )
  useEffect(() => {
    if (moving.size > 0) return
    framePlaces.current.clear()
    for (const node of nodes) if (node.type === 'frame') framePlaces.current.set(node.id, node.position)
  }, [nodes, moving])

  const detail = useFlowStore(({ transform }) => detailAt(transform[2]))
  const isOverview = detail === 'shapes' && nodes.length > wholeLimit
  const inHand = useNodesInHand(nodes, { isOverview, moving })
  const frame = useRef<HTMLDivElement>(null)
  const [viewport, setViewport] = useState<Viewport | null>(null)
  useLayoutEffect(() => {
    const box = frame.current
    if (box)
      setViewport(
        (known) => known ?? firstViewport(nodes, edges, { width: box.clientWidth, height: box.clientHeight }),
      )
  }, [nodes, edges])
  useKeepCentre()
  const connecting = useConnecting(flow.screenToFlowPosition)
  const drawing = useRef({ nodes, edges })
  useLayoutEffect(() => {
    drawing.current = { nodes, edges }
  }, [nodes, edges])
  const followPointer = useCanvasControls(drawing)

  const onDrop = useCallback(
    (event: DragEvent) => {
      const state = store.getState()
      const description = state.definitions[event.dataTransfer.getData(draggedNodeType)]
      const tab = activeTabOf(state)
      if (!description || !tab) return
      event.preventDefault()
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
      const { id, edits } = addNodeEdits({
        document: tab.document,
        definitions: state.definitions,
        description,
        at: [snap(x - nodeWidth / 2), snap(y - nodeMinHeight / 2)],
      })
      if (state.applyEdits(`Add “${description.title}”`, edits)) state.select({ nodes: [id] })
    },
    [store, flow],
  )

  const onDoubleClick = useCallback(
    (event: MouseEvent) => {
      const target = event.target as Element
      const screen = { x: event.clientX, y: event.clientY }
      const node = target.closest('.react-flow__node-step')
      if (node) {
        const id = node.getAttribute('data-id')!
        const state = store.getState()
        return state.enterNode(id) ? undefined : state.rename(id)
      }
      if (!target.classList.contains('react-flow__pane')) return
      const { x, y } = flow.screenToFlowPosition(screen)
      store.getState().searchNodes({ screen, at: [snap(x), snap(y)], end: null })
    },
    [store, flow],
  )

  // Handlers that stay the same: a new one would draw all nodes again, on each frame of a drag.
  const onNodeContextMenu = useCallback(
    (_event: unknown, { id }: FlowNode) => {
      const state = store.getState()
      if (!state.selectedNodes.includes(id)) state.select({ nodes: [id] })
    },
    [store],
  )
  const onMoveStart = useCallback(() => frame.current?.classList.add('is-moving'), [])
  const onMoveEnd = useCallback(() => frame.current?.classList.remove('is-moving'), [])

  return (
    <div
      ref={frame}
      className="relative h-full min-h-0 flex-1"
      onDoubleClick={onDoubleClick}
      onPointerMove={(event) => {
        followPointer({ x: event.clientX, y: event.clientY })
        if (event.buttons === 0) inHand.point(event)
      }}
      onPointerLeave={() => followPointer(null)}
      onDragOver={(event) => {
        if (event.dataTransfer.types.includes(draggedNodeType)) event.preventDefault()
      }}
      onDrop={onDrop}
    >
      {viewport && (
        <DetailContext value={detail}>
          <ReactFlow<FlowNode, FlowEdge>
            aria-label="Pipeline"
            nodes={inHand.nodes}
            edges={isOverview ? noEdges : edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onNodesChange={onNodesChange}
            onEdgesChange={onEdgesChange}
            {...connecting}
            connectionLineComponent={ConnectionLine}
            connectionRadius={28}
            onNodeContextMenu={onNodeContextMenu}
            onMoveStart={onMoveStart}
            onMoveEnd={onMoveEnd}
            onSelectionStart={inHand.onSelectionStart}
            onSelectionEnd={inHand.onSelectionEnd}
            onlyRenderVisibleElements={nodes.length > wholeLimit}
            elevateNodesOnSelect={false}
            defaultViewport={viewport}
            minZoom={0.02}
            maxZoom={2}
            snapToGrid
            snapGrid={grid}
            panOnScroll
            panOnDrag={[1, 2]}
            selectionOnDrag
            selectionMode={SelectionMode.Partial}
            zoomOnDoubleClick={false}
            deleteKeyCode={null}
            multiSelectionKeyCode={['Meta', 'Control', 'Shift']}
            selectionKeyCode={null}
            proOptions={{ hideAttribution: true }}
          >
            {detail !== 'shapes' && <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} />}
            {isOverview && <OverviewLayer nodes={nodes} edges={edges} />}
            {document && !isOverview && <LinkLayer document={document} nodes={nodes} />}
            <CanvasControls nodes={nodes} />
            <Breadcrumbs />
          </ReactFlow>
        </DetailContext>
      )}
      {document && Object.keys(document.nodes).length === 0 && <EmptyCanvas />}
    </div>
  )
}

const snap = (value: number): number => Math.round(value / grid[0]) * grid[0]
