import { describe, expect, it } from 'vitest'
import { createEdgeDerivation } from '../../../renderer/canvas/flow/derive-edges.ts'
import { createNodeDerivation } from '../../../renderer/canvas/flow/derive-nodes.ts'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import { groupEdits, changeGroupEdits } from '../../../renderer/canvas/edits/groups.ts'
import { definitions, samplePipeline } from './sample-pipeline.ts'

const nothing = { selected: new Set<string>(), moving: new Map() }

describe('what the canvas shows of a document', () => {
  it('keeps nodes that did not change the same objects', () => {
    const derive = createNodeDerivation()
    const document = samplePipeline()
    const before = derive({ document, definitions, ...nothing })
    const { pipeline } = applyEdits(document, [{ kind: 'move-nodes', positions: { file: [10, 0] } }])
    const after = derive({ document: pipeline, definitions, ...nothing })
    expect(after.map((node, index) => node === before[index])).toEqual([false, true, true, true])
  })

  it('moves only what is dragged', () => {
    const derive = createNodeDerivation()
    const document = samplePipeline()
    const before = derive({ document, definitions, ...nothing })
    const after = derive({ document, definitions, selected: new Set(), moving: new Map([['trees', [1, 2]]]) })
    expect(
      after.filter((node, index) => node !== before[index]).map(({ id, position }) => [id, position]),
    ).toEqual([['trees', { x: 1, y: 2 }]])
  })

  it('follows a drag from frame to frame, and back', () => {
    const derive = createNodeDerivation()
    const document = samplePipeline()
    const drawn = { document, definitions, selected: nothing.selected }
    const before = derive({ ...drawn, moving: new Map() })
    const frames = [1, 2].map((x) => derive({ ...drawn, moving: new Map([['trees', [x, 2]]]) }))
    expect(frames.map((nodes) => nodes.find(({ id }) => id === 'trees')?.position)).toEqual([
      { x: 1, y: 2 },
      { x: 2, y: 2 },
    ])
    expect(frames[1]!.filter((node, index) => node !== before[index]).map(({ id }) => id)).toEqual(['trees'])
    expect(derive({ ...drawn, moving: new Map() })).toEqual(before)
  })

  it('tells sizes and ports beforehand', () => {
    const [file] = createNodeDerivation()({ document: samplePipeline(), definitions, ...nothing })
    expect(file).toMatchObject({ measured: { width: 232, height: 60 } })
    expect(file?.handles?.map(({ id, type, y }) => [id, type, y])).toEqual([
      ['table', 'source', 12],
      ['rejects', 'source', 36],
    ])
  })

  it('folds a group into one card, with the edges that lead into and out of it', () => {
    const document = samplePipeline()
    const { id, edits } = groupEdits(document, ['scale', 'trees'])
    const grouped = applyEdits(document, edits).pipeline
    const folded = applyEdits(grouped, changeGroupEdits(grouped, id, { collapsed: true })).pipeline
    const nodes = createNodeDerivation()({ document: folded, definitions, ...nothing })
    const drawn = createEdgeDerivation()({ document: folded, definitions, selected: new Set() })
    expect(nodes.map((node) => node.id)).toEqual(['group:group', 'file', 'evaluate'])
    expect(drawn.map(({ source, target }) => `${source} → ${target}`)).toEqual([
      'file → group:group',
      'group:group → evaluate',
      'group:group → evaluate',
    ])
  })

  it('gives nodes without a place one, inputs left of outputs', () => {
    const document = { ...samplePipeline(), layout: {} }
    const nodes = createNodeDerivation()({ document, definitions, ...nothing })
    expect(nodes.map(({ position }) => position.x)).toEqual([0, 312, 624, 936])
  })
})
