import { getNodesBounds, getViewportForBounds, useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, useRef, type RefObject } from 'react'
import { useAppStore } from '../state/store.ts'
import { boundsOf, fittingViewport, type Box } from './flow/fitting-viewport.ts'
import type { FlowEdge, FlowNode } from './flow/flow-types.ts'
import { nodeMinHeight, nodeWidth } from './flow/node-geometry.ts'

interface Point {
  x: number
  y: number
}

const margin = 24

/** How far a box must move to lie inside a pane; one that is too large shows its beginning. */
function shiftIntoSight(
  box: { x: number; y: number; width: number; height: number },
  pane: { width: number; height: number },
): Point {
  const along = (start: number, size: number, room: number): number => {
    if (start < margin || size > room - 2 * margin) return margin - start
    return Math.min(0, room - margin - start - size)
  }
  return { x: along(box.x, box.width, pane.width), y: along(box.y, box.height, pane.height) }
}

/** What lies over the canvas, in the units of its pane. */
function overlaysOf(pane: Element): Box[] {
  const { x, y } = pane.getBoundingClientRect()
  return [...pane.querySelectorAll('.react-flow__panel')].map((panel) => {
    const box = panel.getBoundingClientRect()
    return { x: box.x - x, y: box.y - y, width: box.width, height: box.height }
  })
}

function focusNode(node?: string): void {
  const which = node === undefined ? '' : `[data-id="${CSS.escape(node)}"]`
  document.querySelector<HTMLElement>(`.react-flow__node${which}`)?.focus()
}

/** Lets commands ask this canvas. Gives what is told where the pointer is on screen, null when elsewhere. */
export function useCanvasControls(
  drawing: RefObject<{ nodes: readonly FlowNode[]; edges: readonly FlowEdge[] }>,
): (screen: Point | null) => void {
  const store = useAppStore()
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const pointer = useRef<Point | null>(null)
  useEffect(() => {
    const pane = (): Element | null => document.querySelector('.react-flow')
    const { provideCanvas } = store.getState()
    provideCanvas({
      fit() {
        const box = pane()?.getBoundingClientRect()
        const { nodes, edges } = drawing.current
        if (!box || nodes.length === 0) return
        const bounds = boundsOf(nodes, edges)
        void flow.setViewport(fittingViewport(bounds, box, overlaysOf(pane()!)), { duration: 200 })
      },
      zoomIn: () => void flow.zoomIn({ duration: 150 }),
      zoomOut: () => void flow.zoomOut({ duration: 150 }),
      reveal(nodes) {
        const wanted = new Set(nodes)
        const shown = drawing.current.nodes.filter(({ id }) => wanted.has(id))
        const box = pane()?.getBoundingClientRect()
        if (!box || shown.length === 0) return
        const { width, height } = box
        const bounds = getNodesBounds(shown)
        void flow.setViewport(getViewportForBounds(bounds, width, height, 0.02, 1, 0.4), { duration: 200 })
        const first = nodes[0]
        if (first !== undefined) focusNode(first)
      },
      keepInSight(nodes) {
        // They are drawn with the next picture.
        requestAnimationFrame(() => {
          const box = pane()?.getBoundingClientRect()
          if (!box || nodes.length === 0) return
          const { x, y, zoom } = flow.getViewport()
          const wanted = new Set(nodes)
          const bounds = getNodesBounds(drawing.current.nodes.filter(({ id }) => wanted.has(id)))
          const shift = shiftIntoSight(
            {
              x: bounds.x * zoom + x,
              y: bounds.y * zoom + y,
              width: bounds.width * zoom,
              height: bounds.height * zoom,
            },
            box,
          )
          if (shift.x !== 0 || shift.y !== 0)
            void flow.setViewport({ x: x + shift.x, y: y + shift.y, zoom }, { duration: 200 })
        })
      },
      middle() {
        const box = pane()?.getBoundingClientRect()
        if (!box) return [0, 0]
        const { x, y } = flow.screenToFlowPosition({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
        return [Math.round(x - nodeWidth / 2), Math.round(y - nodeMinHeight / 2)]
      },
      pointer() {
        if (!pointer.current) return null
        const { x, y } = flow.screenToFlowPosition(pointer.current)
        return [Math.round(x), Math.round(y)]
      },
      focus: focusNode,
    })
    return () => provideCanvas(null)
  }, [store, flow, drawing])
  return useCallback((screen) => {
    pointer.current = screen
  }, [])
}
