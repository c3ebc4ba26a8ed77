import { describe, expect, it } from 'vitest'
import { staleNodes } from '../../../renderer/canvas/edits/stale-nodes.ts'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import type { Edit } from '../../../src/core/edits.ts'
import { samplePipeline } from './sample-pipeline.ts'

const staleAfter = (...edits: Edit[]): string[] => {
  const ran = samplePipeline()
  return [...staleNodes(ran, applyEdits(ran, edits).pipeline)].toSorted()
}

describe('stale nodes', () => {
  it('are a changed one and all behind it', () => {
    expect(staleAfter({ kind: 'set-param', node: 'trees', path: ['trees'], value: 10 })).toEqual([
      'evaluate',
      'trees',
    ])
  })

  it('are those that are fed by something else', () => {
    expect(
      staleAfter(
        { kind: 'remove-edge', edge: 'scale.table -> evaluate.table' },
        { kind: 'add-edge', edge: 'file.table -> evaluate.table' },
      ),
    ).toEqual(['evaluate'])
  })

  it('are none when only the looks change', () => {
    expect(
      staleAfter(
        { kind: 'set-node', node: 'scale', fields: { title: 'Scale numbers', note: 'Why not' } },
        { kind: 'move-nodes', positions: { file: [5, 5] } },
      ),
    ).toEqual([])
  })

  it('are all when the seed changes', () => {
    expect(staleAfter({ kind: 'set-field', field: 'seed', value: 8 })).toHaveLength(4)
  })

  it('are none when a change is taken back', () => {
    expect(
      staleAfter(
        { kind: 'set-param', node: 'file', path: ['path'], value: 'b.csv' },
        { kind: 'set-param', node: 'file', path: ['path'], value: 'a.csv' },
      ),
    ).toEqual([])
  })
})
