import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PipewrightError } from '../../../src/core/errors.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { parsePipeline } from '../../../src/core/parse-pipeline.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { jsonArbitrary, pipelineArbitrary } from './arbitrary-pipeline.ts'

const telco: Pipeline = {
  format: 1,
  id: '3f6c',
  name: 'Telco churn',
  seed: 7,
  parameters: { data: { type: 'path', default: 'telco-churn.csv' } },
  nodes: {
    customers: { type: 'ingestion.file', version: 1, params: { path: '${data}' } },
    split: { type: 'features.split', version: 1, params: { test: 0.2, stratifyBy: 'Churn' } },
    derived: {
      type: 'features.derive',
      version: 1,
      title: 'Spend',
      params: { columns: [{ expression: 'tenure * 2', name: 'double' }] },
    },
  },
  edges: ['customers.table -> split.table', 'split.table -> derived.table'],
  layout: { split: [240, 0], derived: [480, 0], customers: [0, 0] },
}

const text = `{
  "format": 1,
  "id": "3f6c",
  "name": "Telco churn",
  "seed": 7,
  "parameters": {
    "data": { "type": "path", "default": "telco-churn.csv" }
  },
  "nodes": {
    "customers": {
      "type": "ingestion.file",
      "version": 1,
      "params": {
        "path": "\${data}"
      }
    },
    "split": {
      "type": "features.split",
      "version": 1,
      "params": {
        "stratifyBy": "Churn",
        "test": 0.2
      }
    },
    "derived": {
      "type": "features.derive",
      "version": 1,
      "title": "Spend",
      "params": {
        "columns": [
          { "name": "double", "expression": "tenure * 2" }
        ]
      }
    }
  },
  "edges": [
    "customers.table -> split.table",
    "split.table -> derived.table"
  ],
  "layout": {
    "customers": [0, 0],
    "derived": [480, 0],
    "split": [240, 0]
  }
}
`

/** Lines that are in one text and not in the other, as a diff shows them. */
function changedLines(before: string, after: string): { removed: string[]; added: string[] } {
  const missingFrom = (lines: string[], others: string[]) => {
    const rest = [...others]
    return lines.filter((line) => {
      const index = rest.indexOf(line)
      if (index === -1) return true
      rest.splice(index, 1)
      return false
    })
  }
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  return { removed: missingFrom(old, fresh), added: missingFrom(fresh, old) }
}

describe('formatPipeline', () => {
  test('writes a node as a block, an edge as a line and positions last', () => {
    expect(formatPipeline(telco)).toBe(text)
  })

  test('gives back what it reads, byte for byte', () => {
    expect(formatPipeline(parsePipeline(text))).toBe(text)
  })

  test('changes one line when a box moves', () => {
    const moved = { ...telco, layout: { ...telco.layout, split: [260, 40] as [number, number] } }
    expect(changedLines(text, formatPipeline(moved))).toEqual({
      removed: ['    "split": [240, 0]'],
      added: ['    "split": [260, 40]'],
    })
  })

  test('changes one line when a parameter changes', () => {
    const nodes = {
      ...telco.nodes,
      split: { ...telco.nodes.split!, params: { test: 0.3, stratifyBy: 'Churn' } },
    }
    expect(changedLines(text, formatPipeline({ ...telco, nodes }))).toEqual({
      removed: ['        "test": 0.2'],
      added: ['        "test": 0.3'],
    })
  })

  test('removes no line when a node is added', () => {
    const nodes = { ...telco.nodes, cast: { type: 'features.cast', version: 1, params: {} } }
    expect(changedLines(text, formatPipeline({ ...telco, nodes })).removed).toEqual([])
  })

  test('breaks a list that is longer than a line, one entry a line', () => {
    const columns = Array.from({ length: 12 }, (_, index) => `a rather long column ${index}`)
    const nodes = { cast: { type: 'features.cast', version: 1, params: { short: ['a', 'b'], columns } } }
    const lines = formatPipeline({ ...telco, nodes }).split('\n')
    expect(lines).toContain('        "short": ["a", "b"]')
    expect(lines).toContain('          "a rather long column 3",')
  })

  test('refuses to write a file that could not be opened again', () => {
    const params = { text: 'x'.repeat(11 * 1024 * 1024) }
    const large = { ...telco, nodes: { big: { type: 'features.cast', version: 1, params } } }
    expect(() => formatPipeline(large)).toThrowError(PipewrightError)
  })

  test('gives equal pipelines equal bytes, whatever order their names came in', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), jsonArbitrary, { noNullPrototype: true }), (params) => {
        const reversed = Object.fromEntries(Object.entries(params).toReversed())
        const write = (given: typeof params) =>
          formatPipeline({ ...telco, nodes: { cast: { type: 'features.cast', version: 1, params: given } } })
        expect(write(reversed)).toBe(write(params))
      }),
    )
  })

  test('loses nothing and settles at once, for any pipeline', () => {
    fc.assert(
      fc.property(pipelineArbitrary, (pipeline) => {
        const written = formatPipeline(pipeline)
        const read = parsePipeline(written)
        expect(read).toEqual(pipeline)
        expect(formatPipeline(read)).toBe(written)
      }),
      { numRuns: 300 },
    )
  })
})
