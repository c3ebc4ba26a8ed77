import { BaseEdge, getBezierPath, getSmoothStepPath, type EdgeProps } from '@xyflow/react'
import { memo, use } from 'react'
import { stepOf } from '../state/active.ts'
import { useStore } from '../state/store.ts'
import { formatShortCount } from '../ui/format-amount.ts'
import { DetailContext } from './detail.ts'
import type { FlowEdge } from './flow/flow-types.ts'

/** Of the number on an edge, in canvas units. */
const letterWidth = 7
/** From row to row, as nodes are laid out. */
const rowPitch = 120

/** Between the row of the target and the one before it on the way from the source. */
function gapBeside(targetY: number, sourceY: number): number {
  const way = targetY - sourceY
  return Math.abs(way) < rowPitch ? sourceY + way / 2 : targetY - (Math.sign(way) * rowPitch) / 2
}

/** A connection, in the colour of what flows through it, with the number of rows that did. */
export const DataEdge = memo(function DataEdge(props: EdgeProps<FlowEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props
  const detail = use(DetailContext)
  const { from, to } = data!.connection
  const rows = useStore((state) => stepOf(state, from.node)?.outputs[from.port]?.rows ?? null)
  const isFlowing = useStore((state) => stepOf(state, to.node)?.state === 'running')
  const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }
  // An edge that leads back runs in the gap between two rows, where it crosses no card.
  const [path, labelX, labelY] =
    targetX < sourceX
      ? getSmoothStepPath({ ...ends, borderRadius: 14, offset: 28, centerY: gapBeside(targetY, sourceY) })
      : getBezierPath(ends)
  const label = rows === null ? null : formatShortCount(rows)
  return (
    <g className="data-edge" data-type={data!.type} data-flowing={isFlowing || undefined}>
      <BaseEdge id={id} path={path} interactionWidth={detail === 'shapes' ? 0 : 18} />
      {detail === 'numbers' &&
        label !== null &&
        Math.abs(targetX - sourceX) > label.length * letterWidth + 16 && (
          <text x={labelX} y={labelY - 7} className="edge-rows" textAnchor="middle">
            {label}
          </text>
        )}
    </g>
  )
})
