import { BaseEdge, getBezierPath, getSmoothStepPath, type EdgeProps } from '@xyflow/react'
import { memo, use, useMemo } from 'react'
import { stepOf } from '../state/active.ts'
import { useStore } from '../state/store.ts'
import { formatShortCount } from '../ui/format-amount.ts'
import { DetailContext } from './detail.ts'
import { labelPlace, pathAlong } from './flow/edge-path.ts'
import type { FlowEdge } from './flow/flow-types.ts'
import type { Point } from './flow/route-edge.ts'

/** Of the number on an edge, in canvas units. */
const letterWidth = 7
/** As near as ports that were measured on screen lie to where they are drawn. */
const isAt = (point: Point | undefined, x: number, y: number): boolean =>
  point !== undefined && Math.abs(point[0] - x) < 2 && Math.abs(point[1] - y) < 2

/** A connection, in the colour of what flows through it, with the number of rows that did. */
export const DataEdge = memo(function DataEdge(props: EdgeProps<FlowEdge>) {
  const { id, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, data } = props
  const detail = use(DetailContext)
  const { route, connection } = data!
  const { from, to } = connection
  const rows = useStore((state) => stepOf(state, from.node)?.outputs[from.port]?.rows ?? null)
  const isFlowing = useStore((state) => stepOf(state, to.node)?.state === 'running')
  const label = rows === null ? null : formatShortCount(rows)
  const [path, labelAt] = useMemo(() => {
    const needed = (label ?? '').length * letterWidth + 16
    // While an end is dragged the way known does not fit: then the edge is a plain curve.
    const isCurrent = isAt(route?.[0], sourceX, sourceY) && isAt(route?.at(-1), targetX, targetY)
    if (route && isCurrent) return [pathAlong(route), labelPlace(route, needed)] as const
    const ends = { sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition }
    const [curve, x, y] =
      targetX < sourceX ? getSmoothStepPath({ ...ends, borderRadius: 14, offset: 28 }) : getBezierPath(ends)
    return [curve, Math.abs(targetX - sourceX) > needed ? ([x, y - 7] as const) : null] as const
  }, [route, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition, label])
  return (
    <g className="data-edge" data-type={data!.type} data-flowing={isFlowing || undefined}>
      <BaseEdge id={id} path={path} interactionWidth={detail === 'shapes' ? 0 : 18} />
      {detail === 'numbers' && label !== null && labelAt && (
        <text x={labelAt[0]} y={labelAt[1]} className="edge-rows" textAnchor="middle">
          {label}
        </text>
      )}
    </g>
  )
})
