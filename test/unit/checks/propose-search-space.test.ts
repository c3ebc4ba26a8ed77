import { describe, expect, it } from 'vitest'
import { nodeDefinitions } from '../../../nodes/definitions.ts'
import { tune } from '../../../nodes/training/tune/definition.ts'
import { proposeSearchSpace, type SearchProposal } from '../../../src/checks/propose-search-space.ts'
import { applyEdit } from '../../../src/core/apply-edit.ts'
import { parsePipeline } from '../../../src/core/parse-pipeline.ts'
import type { Pipeline } from '../../../src/core/pipeline.ts'

const inner = {
  format: 1,
  id: 'train',
  name: 'Train',
  parameters: { rate: { type: 'number', default: 0.1 } },
  inputs: { table: ['encode.table'] },
  outputs: { model: 'trees.model', report: 'trees.report' },
  nodes: {
    encode: { type: 'features.encode', version: 1, params: {} },
    trees: {
      type: 'training.gradient-boosted-trees',
      version: 1,
      params: { learningRate: '${rate}', leaves: 12, trees: 300 },
    },
    judge: { type: 'training.evaluate', version: 1, params: {} },
  },
  edges: ['encode.table -> trees.table'],
}
const pipeline = (params: object = { subpipeline: 'train' }): Pipeline =>
  parsePipeline(
    JSON.stringify({
      format: 1,
      id: 'search',
      name: 'Search',
      nodes: { tune: { type: 'training.tune', version: 1, params } },
      subpipelines: { train: { pipeline: inner } },
    }),
  )

const proposals = proposeSearchSpace(pipeline(), 'tune', nodeDefinitions)
const of = (node: string, param: string): SearchProposal =>
  proposals.find((each) => each.node === node && each.param === param)!

const applied = (document: Pipeline, { edits }: SearchProposal): Pipeline =>
  edits.reduce((changed, edit) => applyEdit(changed, edit).pipeline, document)

describe('what a search could vary', () => {
  it('follows from the schema and from what a parameter is set to', () => {
    const ranges = {
      rate: of('trees', 'learningRate').range,
      leaves: of('trees', 'leaves').range,
      trees: of('trees', 'trees').range,
      shares: of('trees', 'rowShare').range,
      rare: of('encode', 'minimumShare').range,
      codes: of('encode', 'drop').range,
      leastGain: of('trees', 'minimumGain').range,
    }
    expect(ranges).toEqual({
      rate: { type: 'number', low: 0.01, high: 1, scale: 'log' },
      leaves: { type: 'integer', low: 3, high: 48, scale: 'log' },
      trees: { type: 'integer', low: 75, high: 1200, scale: 'log' },
      shares: { type: 'number', low: 0.5, high: 1, scale: 'linear' },
      rare: { type: 'number', low: 0, high: 0.33, scale: 'linear' },
      codes: { type: 'choice', values: ['none', 'first', 'if-binary'] },
      leastGain: { type: 'number', low: 0.001, high: 10, scale: 'log' },
    })
  })

  it('is neither what is learned, nor what is only looked at', () => {
    expect(of('trees', 'task')).toBeUndefined()
    expect(of('trees', 'importance')).toBeUndefined()
    expect(proposals.filter(({ node }) => node === 'judge')).toEqual([])
  })

  it('becomes a parameter of the sub-pipeline and a dimension of the space', () => {
    const changed = applied(pipeline(), of('trees', 'leaves'))
    const { pipeline: copy } = changed.subpipelines!['train'] as { pipeline: Pipeline }
    expect(copy.parameters['leaves']).toMatchObject({ type: 'integer', default: 12, title: 'Leaves' })
    expect(copy.nodes['trees']!.params['leaves']).toBe('${leaves}')
    const { space } = tune.params.parse(changed.nodes['tune']!.params)
    expect(space).toEqual([{ type: 'integer', parameter: 'leaves', low: 3, high: 48, scale: 'log' }])
  })

  it('stays the parameter that is referred to already, behind what is varied already', () => {
    const before = { type: 'choice', parameter: 'x', values: [1] }
    const document = pipeline({ subpipeline: 'train', space: [before] })
    const rate = proposeSearchSpace(document, 'tune', nodeDefinitions).find(
      ({ param }) => param === 'learningRate',
    )!
    expect(rate.parameter).toBe('rate')
    const changed = applied(document, rate)
    expect(changed.subpipelines).toEqual(document.subpipelines)
    expect(changed.nodes['tune']!.params['space']).toEqual([before, { ...rate.range, parameter: 'rate' }])
  })

  it('is nothing where there is no copy of the sub-pipeline', () => {
    expect(proposeSearchSpace(pipeline({ subpipeline: 'other' }), 'tune', nodeDefinitions)).toEqual([])
    expect(proposeSearchSpace(pipeline({}), 'tune', nodeDefinitions)).toEqual([])
    expect(proposeSearchSpace(pipeline(), 'train', nodeDefinitions)).toEqual([])
  })

  it('has room in every range, and no logarithm of 0', () => {
    const numbers = proposals.flatMap(({ range }) => (range.type === 'choice' ? [] : [range]))
    for (const { low, high } of numbers) expect(low).toBeLessThan(high)
    for (const { low } of numbers.filter(({ scale }) => scale === 'log')) expect(low).toBeGreaterThan(0)
  })
})
