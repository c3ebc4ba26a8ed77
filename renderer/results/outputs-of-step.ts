import type { SelectedNode } from '../inspector/selected-node.ts'
import { parseEdge } from '../../src/core/pipeline.ts'

/** A result that a step gave, or was given. */
export interface ShownOutput {
  kind: 'table' | 'model' | 'report'
  hash: string
  title: string
  from: { node: string; port: string }
  /** It came in; the node itself gives no table. */
  isInput: boolean
  /** It was made of a sample of the data, before a run. */
  isSample: boolean
}

/** What there is to see of a node in the run that is shown: its outputs, and the tables it got where it gives none. */
export function outputsOfStep(selected: SelectedNode): readonly ShownOutput[] {
  const { id, step, definition, document, run, preview } = selected
  const isPreview = preview !== null && Object.keys(preview.outputs).length > 0
  const outputs = isPreview ? preview.outputs : (step?.outputs ?? {})
  const own = Object.entries(outputs).flatMap(([port, { kind, hash }]): ShownOutput[] =>
    kind === 'rows' || kind === 'split'
      ? []
      : [
          {
            kind,
            hash,
            title: definition?.outputs[port]?.title ?? port,
            from: { node: id, port },
            isInput: false,
            isSample: isPreview && preview.isSample,
          },
        ],
  )
  if (own.some(({ kind }) => kind === 'table')) return own
  const incoming = document.edges.map(parseEdge).filter(({ to }) => to.node === id)
  const given = incoming.flatMap(({ from, to }): ShownOutput[] => {
    const output = run?.steps[from.node]?.outputs[from.port]
    const title = `Input: ${definition?.inputs[to.port]?.title ?? to.port}`
    return output?.kind === 'table'
      ? [{ kind: 'table', hash: output.hash, title, from, isInput: true, isSample: false }]
      : []
  })
  return [...own, ...given]
}
