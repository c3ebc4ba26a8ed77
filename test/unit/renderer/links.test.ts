import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { linkBackEdits } from '../../../renderer/canvas/edits/link-back.ts'
import type { FlowNode } from '../../../renderer/canvas/flow/flow-types.ts'
import { linkLines } from '../../../renderer/canvas/flow/link-lines.ts'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import { parsePipeline } from '../../../src/core/parse-pipeline.ts'

const document = parsePipeline(
  readFileSync('examples/electricity-drift/electricity-drift.pipeline.json', 'utf8'),
)
const card = (id: string, [x, y]: readonly [number, number]): FlowNode => ({
  id,
  type: 'step',
  position: { x, y },
  measured: { width: 200, height: 60 },
  data: {},
})

describe('the way back from retraining to its labels', () => {
  it('is taken away, and drawn again to the feedback of the same endpoint', () => {
    const removed = linkBackEdits(document, 'retrain')!
    expect(removed.isThere).toBe(true)
    const without = applyEdits(document, removed.edits).pipeline
    expect(without.links).toEqual([])
    const drawn = linkBackEdits(without, 'retrain')!
    expect(applyEdits(without, drawn.edits).pipeline).toEqual(document)
  })

  it('begins at no other node, and leads nowhere without feedback', () => {
    expect(linkBackEdits(document, 'trees')).toBeNull()
    const { feedback: _feedback, ...nodes } = document.nodes
    expect(linkBackEdits({ ...document, links: [], nodes }, 'retrain')).toBeNull()
  })

  it('goes below the cards, from the middle of one to the middle of the other', () => {
    const nodes = [card('retrain', [900, 300]), card('feedback', [300, 100])]
    const [line] = linkLines(document, { nodes, definitions: {} })
    expect(line!.path).toBe('M1000 360C1000 430 400 430 400 160')
  })

  it('is not drawn where a card is folded away', () => {
    expect(linkLines(document, { nodes: [card('retrain', [0, 0])], definitions: {} })).toEqual([])
  })
})
