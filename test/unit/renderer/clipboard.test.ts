import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copyText, pasteEdits } from '../../../renderer/canvas/edits/clipboard.ts'
import { applyEdits } from '../../../src/core/apply-edit.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { pipelineArbitrary } from '../core/arbitrary-pipeline.ts'
import { samplePipeline } from './sample-pipeline.ts'

describe('nodes as text', () => {
  it('keeps the edges among the nodes that are copied, and no others', () => {
    const copy = JSON.parse(copyText(samplePipeline(), ['scale', 'trees'])) as { edges: string[] }
    expect(copy.edges).toEqual(['scale.table -> trees.table'])
  })

  it('gives copies new ids and puts them where they are wanted', () => {
    const document = samplePipeline()
    const text = copyText(document, ['scale', 'trees'])
    const pasted = pasteEdits({ text, document, at: [0, 500] })!
    const { pipeline } = applyEdits(document, pasted.edits)
    expect(pasted.ids).toEqual(['scale-2', 'trees-2'])
    expect(pipeline.layout['trees-2']).toEqual([300, 500])
    expect(pipeline.edges).toContain('scale-2.table -> trees-2.table')
  })

  it('lets duplicates drink from what fed the originals', () => {
    const document = samplePipeline()
    const text = copyText(document, ['trees'])
    const { edits } = pasteEdits({ text, document, keepInputs: true })!
    expect(applyEdits(document, edits).pipeline.edges).toContain('scale.table -> trees-2.table')
  })

  it.each(['', 'hello', '{}', '[1]', '{"pipewright":"nodes","nodes":{},"edges":[],"layout":{}}'])(
    'takes “%s” for no copy',
    (text) => expect(pasteEdits({ text, document: samplePipeline() })).toBeNull(),
  )

  it('drops edges of a text that lead outside of it', () => {
    const text = copyText(samplePipeline(), ['scale']).replace(
      '"edges": []',
      '"edges": ["scale.table -> nowhere.table"]',
    )
    const document = samplePipeline()
    const { edits } = pasteEdits({ text, document })!
    expect(applyEdits(document, edits).pipeline.edges).toEqual(document.edges)
  })

  it('can be pasted into any pipeline, and undone', () => {
    fc.assert(
      fc.property(pipelineArbitrary, pipelineArbitrary, (from, into) => {
        const pasted = pasteEdits({ text: copyText(from, Object.keys(from.nodes)), document: into })
        const { pipeline, inverse } = applyEdits(into, pasted?.edits ?? [])
        expect(pasted?.ids ?? []).toHaveLength(Object.keys(from.nodes).length)
        expect(formatPipeline(applyEdits(pipeline, inverse).pipeline)).toBe(formatPipeline(into))
      }),
      { numRuns: 100 },
    )
  })
})
