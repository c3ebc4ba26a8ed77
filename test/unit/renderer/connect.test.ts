import { describe, expect, it } from 'vitest'
import { connectEdits, fittingPorts, refusalOf } from '../../../renderer/canvas/edits/connect.ts'
import { addNodeEdits } from '../../../renderer/canvas/edits/add-node.ts'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import { parseEdge } from '../../../src/core/pipeline.ts'
import { definitions, samplePipeline } from './sample-pipeline.ts'

const refuse = (edge: string): string | null =>
  refusalOf({ document: samplePipeline(), definitions, connection: parseEdge(edge) })

describe('connecting ports', () => {
  it('lets equal types be connected', () => {
    expect(refuse('file.rejects -> scale.table')).toBeNull()
  })

  it('says why types that differ cannot be connected', () => {
    expect(refuse('file.table -> evaluate.models')).toBe(
      '“file” gives a table here, but “evaluate” takes a model.',
    )
  })

  it('refuses an edge that would close a circle', () => {
    expect(refuse('scale.table -> scale.table')).toBe('A node cannot feed itself.')
    const document = applyEdits(samplePipeline(), [
      { kind: 'add-node', id: 'more', node: { type: 'features.scale', version: 1, params: {} } },
      { kind: 'add-edge', edge: 'scale.table -> more.table' },
    ]).pipeline
    const connection = parseEdge('more.table -> scale.table')
    expect(refusalOf({ document, definitions, connection })).toContain('would wait for each other')
  })

  it('refuses an edge that is there already', () => {
    expect(refuse('file.table -> scale.table')).toBe('These two are connected already.')
  })

  it('takes an input over from the edge that ended there', () => {
    const connection = parseEdge('file.rejects -> scale.table')
    expect(connectEdits({ document: samplePipeline(), definitions, connection })).toEqual([
      { kind: 'remove-edge', edge: 'file.table -> scale.table' },
      { kind: 'add-edge', edge: 'file.rejects -> scale.table' },
    ])
  })

  it('adds an edge beside the others where an input takes many', () => {
    const connection = parseEdge('trees.model -> evaluate.models')
    const document = samplePipeline()
    expect(connectEdits({ document, definitions, connection })).toHaveLength(1)
  })

  it('offers only node types that fit an open end', () => {
    const document = samplePipeline()
    const fitting = (side: 'output' | 'input', node: string, port: string): string[] =>
      Object.values(definitions)
        .filter((type) => fittingPorts(type, { end: { node, port, side }, document, definitions }).length > 0)
        .map(({ id }) => id)
    expect(fitting('output', 'trees', 'model')).toEqual(['training.evaluate'])
    expect(fitting('input', 'evaluate', 'models')).toEqual(['training.trees'])
  })

  it('connects a node that is added at an open end', () => {
    const document = samplePipeline()
    const { id, edits } = addNodeEdits({
      document,
      definitions,
      description: definitions['features.scale']!,
      at: [10, 20],
      end: { node: 'file', port: 'rejects', side: 'output' },
    })
    expect(id).toBe('scale-2')
    expect(applyEdits(document, edits).pipeline.edges).toContain('file.rejects -> scale-2.table')
  })
})
