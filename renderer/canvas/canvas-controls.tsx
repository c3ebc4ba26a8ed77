import { MiniMap, Panel, useStore as useFlowStore } from '@xyflow/react'
import { Map as MapIcon, Maximize, Minus, Plus, Workflow } from 'lucide-react'
import { useState } from 'react'
import { arrangeAll } from '../commands/arrange-all.ts'
import { useAppStore } from '../state/store.ts'
import { IconButton } from '../ui/icon-button.tsx'
import type { FlowNode } from './flow/flow-types.ts'
import { OverviewMap } from './overview-map.tsx'

/** Above this many nodes an element for each of them on the small map would be felt on every frame. */
const mapLimit = 200

/** Zoom, fit, layout and the small map, in the corner of the canvas. */
export function CanvasControls({ nodes }: { nodes: readonly FlowNode[] }) {
  const store = useAppStore()
  const zoom = useFlowStore(({ transform }) => Math.round(transform[2] * 100))
  const isLarge = nodes.length > mapLimit
  const isCramped = useFlowStore(({ width, height }) => width < 560 || height < 460)
  const [hasMap, setHasMap] = useState(true)
  const canvas = () => store.getState().canvas
  return (
    <>
      <Panel
        position="bottom-left"
        className="!m-3 flex items-center rounded-lg border border-line bg-surface p-0.5 shadow-card"
      >
        <IconButton label="Zoom out" keys="mod+-" onClick={() => canvas()?.zoomOut()}>
          <Minus size={15} aria-hidden />
        </IconButton>
        <span className="w-11 text-center text-xs text-ink-soft tabular">{zoom} %</span>
        <IconButton label="Zoom in" keys="mod+=" onClick={() => canvas()?.zoomIn()}>
          <Plus size={15} aria-hidden />
        </IconButton>
        <IconButton label="Show everything" keys="shift+1" onClick={() => canvas()?.fit()}>
          <Maximize size={15} aria-hidden />
        </IconButton>
        <IconButton label="Arrange all nodes" keys="shift+l" onClick={() => void arrangeAll(store)}>
          <Workflow size={15} aria-hidden />
        </IconButton>
        <IconButton label="Small map" pressed={hasMap} onClick={() => setHasMap(!hasMap)}>
          <MapIcon size={15} aria-hidden />
        </IconButton>
      </Panel>
      {hasMap && isLarge && !isCramped && <OverviewMap nodes={nodes} />}
      {hasMap && !isLarge && !isCramped && (
        <MiniMap
          pannable
          zoomable
          position="bottom-right"
          className="!m-3"
          style={{ width: 168, height: 112 }}
          nodeColor="var(--line-strong)"
          maskColor="color-mix(in srgb, var(--paper) 70%, transparent)"
          nodeBorderRadius={12}
          ariaLabel="Small map of the pipeline"
        />
      )}
    </>
  )
}
