import { getBezierPath, type ConnectionLineComponentProps } from '@xyflow/react'
import { activeTabOf } from '../state/active.ts'
import { useAppStore } from '../state/store.ts'
import { connectionOf, refusalOf } from './edits/connect.ts'
import type { FlowNode } from './flow/flow-types.ts'

/** The edge that is being drawn; where it may not end, it says why. */
export function ConnectionLine(props: ConnectionLineComponentProps<FlowNode>) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, fromHandle, toHandle, connectionStatus } = props
  const store = useAppStore()
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
  })
  const reason = (): string | null => {
    const state = store.getState()
    const document = activeTabOf(state)?.document
    if (!document || !toHandle || connectionStatus !== 'invalid') return null
    if (fromHandle.type === toHandle.type)
      return `Connect an output with an input, not two ${toHandle.type === 'source' ? 'outputs' : 'inputs'}.`
    const side = fromHandle.type === 'source' ? 'output' : 'input'
    const connection = connectionOf(
      { node: fromHandle.nodeId, port: fromHandle.id ?? '', side },
      { node: toHandle.nodeId, port: toHandle.id ?? '' },
    )
    return refusalOf({ document, definitions: state.definitions, connection })
  }
  const refusal = reason()
  return (
    <g className="connection-line" data-status={connectionStatus ?? undefined}>
      <path d={path} fill="none" />
      <circle cx={toX} cy={toY} r={4} />
      {refusal && (
        <foreignObject x={toX + 12} y={toY + 8} width={260} height={90} className="pointer-events-none">
          <div className="inline-block rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-float">
            {refusal}
          </div>
        </foreignObject>
      )}
    </g>
  )
}
