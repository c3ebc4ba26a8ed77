import { ViewportPortal } from '@xyflow/react'
import { useMemo } from 'react'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { useStore } from '../state/store.ts'
import type { FlowNode } from './flow/flow-types.ts'
import { linkLines } from './flow/link-lines.ts'

/** The ways back of a pipeline, below its cards: where what was learned in use comes in again. */
export function LinkLayer({ document, nodes }: { document: Pipeline; nodes: readonly FlowNode[] }) {
  const definitions = useStore((state) => state.definitions)
  const lines = useMemo(() => linkLines(document, { nodes, definitions }), [document, nodes, definitions])
  if (lines.length === 0) return null
  return (
    <ViewportPortal>
      <svg className="flow-links" width={1} height={1}>
        <defs>
          <marker
            id="link-arrow"
            viewBox="0 0 10 10"
            refX={9}
            refY={5}
            markerWidth={8}
            markerHeight={8}
            orient="auto"
          >
            <path d="M0 0L10 5L0 10z" className="flow-link-arrow" />
          </marker>
        </defs>
        {lines.map(({ id, path, title }) => (
          <path key={id} d={path} role="img" aria-label={title} markerEnd="url(#link-arrow)">
            <title>{title}</title>
          </path>
        ))}
      </svg>
    </ViewportPortal>
  )
}
