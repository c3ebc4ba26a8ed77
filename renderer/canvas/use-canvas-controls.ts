import { useReactFlow } from '@xyflow/react'
import { useCallback, useEffect, useRef } from 'react'
import { useAppStore } from '../state/store.ts'
import { nodeMinHeight, nodeWidth } from './flow/node-geometry.ts'

const fitOptions = { padding: 0.15, maxZoom: 1, duration: 200 }

interface Point {
  x: number
  y: number
}

/** Lets commands ask this canvas. Gives what is told where the pointer is on screen, null when elsewhere. */
export function useCanvasControls(): (screen: Point | null) => void {
  const store = useAppStore()
  const flow = useReactFlow()
  const pointer = useRef<Point | null>(null)
  useEffect(() => {
    const pane = (): Element | null => document.querySelector('.react-flow')
    const { provideCanvas } = store.getState()
    provideCanvas({
      fit: () => void flow.fitView(fitOptions),
      zoomIn: () => void flow.zoomIn({ duration: 150 }),
      zoomOut: () => void flow.zoomOut({ duration: 150 }),
      reveal(nodes) {
        void flow.fitView({ ...fitOptions, padding: 0.4, nodes: nodes.map((id) => ({ id })) })
        const first = nodes[0]
        if (first !== undefined)
          document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(first)}"]`)?.focus()
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
      focus: () => document.querySelector<HTMLElement>('.react-flow__node')?.focus(),
    })
    return () => provideCanvas(null)
  }, [store, flow])
  return useCallback((screen) => {
    pointer.current = screen
  }, [])
}
