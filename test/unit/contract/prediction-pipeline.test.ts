import { describe, expect, it } from 'vitest'
import type { ReaderRule, StartColumn } from '../../../src/core/artifacts.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { parsePipeline } from '../../../src/core/parse-pipeline.ts'
import { resolveParameters } from '../../../src/core/resolve-parameters.ts'
import { predictionPipeline } from '../../../src/services/prediction-pipeline.ts'

const rule: ReaderRule = { trim: true, nullValues: ['', '?'] }
const column = (name: string, type: StartColumn['type'], more: Partial<ReaderRule> = {}): StartColumn => ({
  name,
  type,
  source: 'customers',
  rule: { ...rule, ...more },
})
const pipelineFor = (inputs: StartColumn[], data = '/data.csv') =>
  predictionPipeline({
    id: 'predict-1',
    model: 'churn:3',
    signature: { inputs, outputs: [] },
    data,
    output: '/answers.csv',
    versionOf: () => 1,
  })

describe('the pipeline of a prediction', () => {
  it('reads the data by the rules of the signature', () => {
    const { nodes, edges } = pipelineFor([
      column('age', 'integer', { thousandsMark: '.' }),
      column('charges', 'number', { decimalMark: ',' }),
      column('since', 'date', { format: 'DD.MM.YYYY' }),
      column('state', 'text', { replace: { 'N.Y.': 'NY' } }),
      { name: 'made', type: 'number', source: 'join' },
    ])
    expect(nodes['read']!.params).toEqual({
      path: '/data.csv',
      maximumRejectShare: 1,
      trim: true,
      nullValues: ['', '?'],
      rules: {
        age: { decimalMark: '.', thousandsMark: '.' },
        charges: { decimalMark: ',' },
      },
      types: { age: 'integer', charges: 'number', since: 'date', state: 'text', made: 'number' },
      formats: { since: 'DD.MM.YYYY' },
      replace: { state: { 'N.Y.': 'NY' } },
    })
    expect(edges).toEqual(['read.table -> predict.table', 'predict.table -> write.table'])
  })

  it('takes unreadable texts for no value where training did', () => {
    const { nodes, edges } = pipelineFor([
      column('age', 'integer'),
      column('size', 'number', { unreadable: 'null' }),
    ])
    expect(nodes['read']!.params['types']).toEqual({ age: 'integer', size: 'text' })
    expect(nodes['convert']!.params).toEqual({ types: { size: 'number' }, unreadable: 'null' })
    expect(edges[0]).toBe('read.table -> convert.table')
  })

  it('reads each column by its own rule where they differ', () => {
    const { nodes } = pipelineFor([column('a', 'text'), column('b', 'text', { nullValues: ['-'] })])
    expect(nodes['read']!.params).toMatchObject({
      trim: true,
      rules: { a: { nullValues: ['', '?'] }, b: { nullValues: ['-'] } },
    })
  })

  it('is a document like any other, whatever stands in paths and rules', () => {
    const pipeline = pipelineFor([column('a', 'text', { nullValues: ['${a}', '$${b}'] })], '/a ${x} "b".csv')
    const document = parsePipeline(formatPipeline(pipeline))
    expect(document).toEqual(pipeline)
    const { params } = resolveParameters({ pipeline: document, given: {} }).nodes['read']!
    expect(params).toMatchObject({ path: '/a ${x} "b".csv', nullValues: ['${a}', '$${b}'] })
  })
})
