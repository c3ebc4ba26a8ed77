import { ReactFlow, useEdgesState, useNodesState } from '@xyflow/react'
import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { drawingOf } from '../drawing.ts'

/** React Flow as its first example shows it, with nothing done for speed. */
function Plain({ drawing }) {
  const [nodes, , onNodesChange] = useNodesState(
    drawing.nodes.map(({ id, at: [x, y] }) => ({ id, position: { x, y }, data: { label: id } })),
  )
  const [edges, , onEdgesChange] = useEdgesState(drawing.edges.map((edge) => ({ id: edge.target, ...edge })))
  return createElement(ReactFlow, {
    nodes,
    edges,
    onNodesChange,
    onEdgesChange,
    minZoom: 0.02,
    fitView: true,
  })
}

const drawing = drawingOf(Number(new URLSearchParams(location.search).get('nodes')))
globalThis.probe.start()
createRoot(document.querySelector('#app')).render(createElement(Plain, { drawing }))
