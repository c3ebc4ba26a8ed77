import { useStoreApi } from '@xyflow/react'
import { useEffect, useMemo, useRef } from 'react'
import { activeTabOf } from '../../state/active.ts'
import { useAppStore } from '../../state/store.ts'
import type { FlowEdge, FlowNode } from '../flow/flow-types.ts'
import { nodeState } from '../node-status.ts'
import { drawOverview } from './draw-overview.ts'
import { readOverviewColours } from './overview-colours.ts'
import { overviewShapes } from './overview-shapes.ts'

interface OverviewLayerProps {
  nodes: readonly FlowNode[]
  edges: readonly FlowEdge[]
}

/** Many cards from far away as one picture: an element for each of them would be felt on every frame. */
export function OverviewLayer({ nodes, edges }: OverviewLayerProps) {
  const flow = useStoreApi()
  const store = useAppStore()
  const canvas = useRef<HTMLCanvasElement>(null)
  const shapes = useMemo(() => overviewShapes(nodes, edges), [nodes, edges])
  const shown = useRef(shapes)
  const ask = useRef(() => {})

  useEffect(() => {
    const element = canvas.current!
    const context = element.getContext('2d')!
    let colours = readOverviewColours()
    let frame = 0
    const draw = (): void => {
      frame = 0
      const { transform, width, height } = flow.getState()
      const density = window.devicePixelRatio
      const [across, down] = [Math.round(width * density), Math.round(height * density)]
      if (element.width !== across || element.height !== down)
        Object.assign(element, { width: across, height: down })
      const state = store.getState()
      const steps = activeTabOf(state)?.document.nodes ?? {}
      drawOverview(context, {
        shapes: shown.current,
        transform,
        size: { width, height },
        density,
        colours,
        stageOf: (id) => steps[id]?.type.split('.', 1)[0] ?? '',
        stateOf: (id) => nodeState(state, id),
        isDisabled: (id) => steps[id]?.disabled === true,
      })
    }
    ask.current = () => (frame ||= requestAnimationFrame(draw))
    const recolour = (): void => {
      colours = readOverviewColours()
      ask.current()
    }
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', recolour)
    const ends = [
      flow.subscribe((now, before) => {
        const { transform, width, height } = before
        if (now.transform !== transform || now.width !== width || now.height !== height) ask.current()
      }),
      store.subscribe((now, before) => {
        if (now.theme !== before.theme) requestAnimationFrame(recolour)
        if (now.tabs !== before.tabs || now.runs !== before.runs) ask.current()
      }),
    ]
    draw()
    return () => {
      cancelAnimationFrame(frame)
      dark.removeEventListener('change', recolour)
      for (const end of ends) end()
    }
  }, [flow, store])

  useEffect(() => {
    shown.current = shapes
    ask.current()
  }, [shapes])

  return <canvas ref={canvas} aria-hidden className="overview-layer" />
}
