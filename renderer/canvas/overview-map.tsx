import { Panel, useReactFlow, useStore as useFlowStore, type ReactFlowState } from '@xyflow/react'
import { useMemo, type PointerEvent } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { FlowNode } from './flow/flow-types.ts'
import { overviewOf } from './flow/overview.ts'

const size = { width: 168, height: 112 }

/** What of the drawing is in sight, in its own units. */
const inSight = ({ transform: [x, y, zoom], width, height }: ReactFlowState) => ({
  x: -x / zoom,
  y: -y / zoom,
  width: width / zoom,
  height: height / zoom,
})

/** A small map of a large pipeline: all nodes are one shape, where React Flow’s own has an element for each. */
export function OverviewMap({ nodes }: { nodes: readonly FlowNode[] }) {
  const flow = useReactFlow()
  const seen = useFlowStore(useShallow(inSight))
  const { box, path } = useMemo(() => overviewOf(nodes, size), [nodes])
  const goTo = ({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>): void => {
    const { left, top } = currentTarget.getBoundingClientRect()
    const scale = box.width / size.width
    void flow.setCenter(box.x + (clientX - left) * scale, box.y + (clientY - top) * scale, {
      zoom: flow.getZoom(),
    })
  }
  return (
    <Panel
      position="bottom-right"
      className="!m-3 overflow-hidden rounded-lg border border-line bg-surface shadow-card"
    >
      <svg
        role="img"
        aria-label="Small map of the pipeline"
        width={size.width}
        height={size.height}
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          goTo(event)
        }}
        onPointerMove={(event) => event.buttons === 1 && goTo(event)}
      >
        <path d={path} className="fill-line-strong" />
        <rect
          {...seen}
          className="fill-accent/10 stroke-accent"
          strokeWidth={1.5}
          vectorEffect="non-scaling-stroke"
        />
      </svg>
    </Panel>
  )
}
