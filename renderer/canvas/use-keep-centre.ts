import { useReactFlow, useStore as useFlowStore } from '@xyflow/react'
import { useEffect, useRef } from 'react'

/** Keeps what is in the middle of the canvas there when the room around it changes, as when the results open. */
export function useKeepCentre(): void {
  const flow = useReactFlow()
  const width = useFlowStore((state) => state.width)
  const height = useFlowStore((state) => state.height)
  const before = useRef({ width: 0, height: 0 })
  useEffect(() => {
    const old = before.current
    before.current = { width, height }
    if (old.width === 0 || old.height === 0 || width === 0 || height === 0) return
    const { x, y, zoom } = flow.getViewport()
    void flow.setViewport({ x: x + (width - old.width) / 2, y: y + (height - old.height) / 2, zoom })
  }, [flow, width, height])
}
