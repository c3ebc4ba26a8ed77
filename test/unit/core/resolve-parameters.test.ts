import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PipewrightError, type ErrorReport } from '../../../src/core/errors.ts'
import type { Json, Pipeline } from '../../../src/core/pipeline.ts'
import { fillParameters, resolveParameters } from '../../../src/core/resolve-parameters.ts'

const parameters: Pipeline['parameters'] = {
  data: { type: 'path', default: 'telco.csv' },
  share: { type: 'number', default: 0.2 },
  rounds: { type: 'integer', default: 100 },
  early: { type: 'boolean', default: true },
  name: { type: 'text' },
}

const pipelineWith = (params: Record<string, Json>): Pipeline => ({
  format: 1,
  id: 'p',
  name: 'P',
  seed: 0,
  parameters,
  nodes: { trees: { type: 't', version: 1, params }, other: { type: 't', version: 1, params: { a: 1 } } },
  edges: [],
  layout: {},
})

const filled = (value: Json, given: Record<string, string> = { name: 'churn' }): Json =>
  resolveParameters({ pipeline: pipelineWith({ value }), given }).nodes.trees!.params.value!

function refusal(value: Json, given: Record<string, string> = { name: 'churn' }): ErrorReport {
  try {
    filled(value, given)
  } catch (error) {
    if (error instanceof PipewrightError) return error.toReport()
    throw error
  }
  throw new Error('nothing was refused')
}

describe('references are filled in', () => {
  test.for([
    ['a whole value keeps the parameter’s type', '${share}', 0.2],
    ['a whole number', '${rounds}', 100],
    ['a boolean', '${early}', true],
    ['a path', '${data}', 'telco.csv'],
    ['inside a text, as text', 'models/${name}-${rounds}.onnx', 'models/churn-100.onnx'],
    ['the same one twice', '${name}${name}', 'churnchurn'],
    ['two dollars stand for the characters themselves', '$${name}', '${name}'],
    ['two dollars beside a reference', '$${${name}}', '${churn}'],
    ['a dollar alone is a dollar', '^\\d+$ $5 {name}', '^\\d+$ $5 {name}'],
    ['deep in lists and objects', { list: [{ of: '${share}' }] }, { list: [{ of: 0.2 }] }],
    ['names of fields are left alone', { '${name}': 1 }, { '${name}': 1 }],
  ] as const)('%s', ([, value, result]) => {
    expect(filled(value as Json)).toEqual(result)
  })

  test.for([
    ['share', '.5', 0.5],
    ['share', '-1e-3', -0.001],
    ['rounds', '12', 12],
    ['early', 'false', false],
    ['data', '/tmp/a b.csv', '/tmp/a b.csv'],
  ] as const)('a given value counts more than the default: %s=%s', ([name, text, value]) => {
    expect(filled(`\${${name}}`, { name: 'churn', [name]: text })).toBe(value)
  })

  test('a value is not searched for references again', () => {
    expect(filled('${name}', { name: '${data}' })).toBe('${data}')
  })

  test('nodes without references are shared, not copied', () => {
    const pipeline = pipelineWith({ value: '${share}' })
    const result = resolveParameters({ pipeline, given: { name: 'churn' } })
    expect(result.nodes.other).toBe(pipeline.nodes.other)
    expect(pipeline.nodes.trees!.params.value).toBe('${share}')
  })

  test('any text survives once its “${” are doubled', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'a') }), (text) => {
        const escaped = text.split('${').join('$${')
        // A dollar just before an escape would make one of its own.
        fc.pre(!escaped.includes('$$$'))
        expect(filled(escaped)).toBe(text)
      }),
    )
  })
})

describe('what does not fit is refused', () => {
  test('a value for a parameter that is not there', () => {
    expect(refusal('x', { name: 'churn', shre: '1' })).toMatchObject({
      code: 'pipeline.unknown-parameter',
      message: 'The pipeline has no parameter “shre”.',
      remedy: 'Did you mean “share”?',
    })
    expect(refusal('x', { name: 'churn', zzzzzzzz: '1' }).remedy).toBe(
      'It has “data”, “share”, “rounds”, “early”, “name”.',
    )
  })

  test('a reference to a parameter that is not there, with its place', () => {
    expect(refusal(['a', '${shar}'])).toMatchObject({
      code: 'pipeline.unknown-parameter',
      message: 'The pipeline has no parameter “shar”.',
      remedy: 'Did you mean “share”?',
      at: { node: 'trees', param: 'value.1' },
    })
  })

  test('a parameter without a value', () => {
    expect(refusal('x', {})).toMatchObject({
      code: 'pipeline.missing-value',
      message: 'The parameter “name” has no value.',
      remedy: 'Give one, as in --param name=…, or give the parameter a default.',
    })
  })

  test.for([
    ['share', 'much', 'a number, such as 0.5'],
    ['share', '', 'a number, such as 0.5'],
    ['share', 'Infinity', 'a number, such as 0.5'],
    ['share', '1e999', 'a number, such as 0.5'],
    ['share', '0x10', 'a number, such as 0.5'],
    ['rounds', '1.5', 'a whole number, such as 10'],
    ['rounds', '99999999999999999', 'a whole number, such as 10'],
    ['early', 'yes', 'true or false'],
  ] as const)('%s=%s', ([name, text, expected]) => {
    expect(refusal('x', { name: 'churn', [name]: text })).toMatchObject({
      code: 'pipeline.wrong-value',
      message: `The parameter “${name}” cannot be “${text}”.`,
      remedy: `Give ${expected}.`,
    })
  })

  test.for(['a ${share', '${}', '${sh are}', 'x${ y'])('%s', (text) => {
    expect(refusal(text)).toMatchObject({
      code: 'pipeline.bad-reference',
      remedy: 'Write ${name} with the name of a parameter, or $${ for the two characters themselves.',
      at: { node: 'trees', param: 'value' },
    })
  })

  test('everything at once when all is asked for', () => {
    const pipeline = pipelineWith({ a: '${nonsense}', b: '${name}' })
    const { problems, unfilled } = fillParameters({ pipeline, given: { rounds: 'x' } })
    expect(problems.map(({ code }) => code)).toEqual([
      'pipeline.wrong-value',
      'pipeline.missing-value',
      'pipeline.unknown-parameter',
    ])
    expect([...unfilled]).toEqual(['trees'])
  })
})
