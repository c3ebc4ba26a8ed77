import { Handle, Position, type NodeProps } from '@xyflow/react'
import { memo, use } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { activeTabOf, stepOf } from '../state/active.ts'
import { useStore } from '../state/store.ts'
import { classNames } from '../ui/class-names.ts'
import { DetailContext } from './detail.ts'
import { descriptionOf } from './edits/description-of.ts'
import { titleOf } from './edits/title-of.ts'
import type { StepNode } from './flow/flow-types.ts'
import { geometryOf, nodeWidth } from './flow/node-geometry.ts'
import { NodeIcon } from './node-icon.tsx'
import { findingsAt, nodeState } from './node-status.ts'
import { ProblemBadge } from './problem-badge.tsx'
import { StateMark } from './state-mark.tsx'
import { statusLine } from './status-line.ts'
import { TitleField } from './title-field.tsx'

/** A node: what it is, how it went, and its ports. It follows its own part of the state, and nothing else. */
export const StepCard = memo(function StepCard({ id, selected }: NodeProps<StepNode>) {
  const isShape = use(DetailContext) === 'shapes'
  const type = useStore((state) => activeTabOf(state)?.document.nodes[id]?.type ?? '')
  const description = useStore((all) => {
    const document = activeTabOf(all)?.document
    return document && descriptionOf(document, id, all.definitions)
  })
  const state = useStore((all) => nodeState(all, id))
  const disabled = useStore((all) => activeTabOf(all)?.document.nodes[id]?.disabled === true)
  const { height, ports } = geometryOf(description)
  const stage = type.slice(0, type.indexOf('.'))
  return (
    <div
      className={classNames(
        isShape ? 'step-shape' : 'step-card',
        selected && 'is-selected',
        disabled && 'is-disabled',
      )}
      data-state={state}
      data-stage={stage}
      style={{ width: nodeWidth, height }}
    >
      {!isShape && <StepBody id={id} type={type} />}
      {!isShape &&
        ports.map(({ port, side, y }) => {
          const definition = (side === 'input' ? description?.inputs : description?.outputs)?.[port]
          return (
            <Handle
              key={`${side} ${port}`}
              id={port}
              type={side === 'input' ? 'target' : 'source'}
              position={side === 'input' ? Position.Left : Position.Right}
              className="port"
              data-type={definition?.type}
              style={{ top: y }}
              title={definition && `${definition.title} (${definition.type})`}
            />
          )
        })}
    </div>
  )
})

function StepBody({ id, type }: { id: string; type: string }) {
  const { title, state, line, share, findings } = useStore(
    useShallow((all) => {
      const node = activeTabOf(all)?.document.nodes[id]
      const now = nodeState(all, id)
      return {
        title: node ? titleOf(node, all.definitions) : id,
        state: now,
        line: statusLine(all, id, now),
        share: now === 'running' ? (stepOf(all, id)?.share ?? null) : null,
        findings: findingsAt(all, id),
      }
    }),
  )
  const isRenaming = useStore(({ renaming }) => renaming === id)
  return (
    <>
      <div className="flex h-full items-center gap-2 px-2.5">
        <NodeIcon type={type} />
        <div className="min-w-0 flex-1">
          {isRenaming ? (
            <TitleField id={id} title={title} />
          ) : (
            <div className="truncate text-sm leading-tight font-medium">{title}</div>
          )}
          <div className="step-line mt-0.5 truncate text-2xs tabular" title={line}>
            {line}
          </div>
        </div>
        <StateMark state={state} />
      </div>
      {findings.length > 0 && <ProblemBadge findings={findings} />}
      {state === 'running' && (
        <div
          className="step-bar"
          data-unsure={share === null || undefined}
          style={share === null ? undefined : { transform: `scaleX(${share})` }}
        />
      )}
    </>
  )
}
