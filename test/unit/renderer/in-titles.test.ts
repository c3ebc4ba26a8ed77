import { describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/core/finding.ts'
import { inTitles } from '../../../renderer/problems/in-titles.ts'
import { definitions, samplePipeline } from './sample-pipeline.ts'

const column = { type: 'string', title: 'Column' }
const known = {
  ...definitions,
  'ingestion.file': {
    ...definitions['ingestion.file']!,
    title: 'Read a file',
    params: {
      type: 'object',
      properties: {
        path: { type: 'string', title: 'File' },
        by: { type: 'array', title: 'Order', items: { type: 'object', properties: { column } } },
      },
    },
  },
}

const found = (parts: Partial<Finding>): Finding => ({
  code: 'bad-parameter',
  severity: 'error',
  message: '',
  remedy: '',
  ...parts,
})
const told = (finding: Finding): string => {
  const { message, remedy } = inTitles(finding, samplePipeline(), known)
  return `${message} ${remedy}`.trim()
}

describe('a finding in the app', () => {
  it('names a parameter by its title', () => {
    const at = { node: 'file', param: 'path' }
    expect(told(found({ at, message: '“path” is missing.', remedy: 'Give a text.' }))).toBe(
      '“File” is missing. Give a text.',
    )
  })

  it('names a place within a parameter by the titles on the way', () => {
    const document = samplePipeline()
    document.nodes['file']!.params = { by: [{ column: 'a' }, {}] }
    const finding = found({
      at: { node: 'file', param: 'by.1.column' },
      message: '“by.1.column” is missing.',
    })
    expect(inTitles(finding, document, known).message).toBe('“Order 2, Column” is missing.')
  })

  it('names nodes and ports by their titles', () => {
    const at = { node: 'file', port: 'table' }
    const message = '“file” needs a table at “table”.'
    expect(told(found({ code: 'missing-input', at, message }))).toBe(
      '“Read a file” needs a table at “Table”.',
    )
    const mistyped = '“file.table” gives a table, but “evaluate.models” takes a model.'
    expect(told(found({ code: 'mistyped-port', message: mistyped }))).toBe(
      '“Read a file: Table” gives a table, but “evaluate: Model” takes a model.',
    )
  })

  it('leaves the names of columns as they are', () => {
    const message = 'There is no column “file”.'
    expect(told(found({ code: 'missing-column', at: { node: 'file' }, message }))).toBe(message)
  })
})
