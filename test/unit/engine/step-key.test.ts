import { describe, expect, it } from 'vitest'
import { describeReason, explainDifference } from '../../../src/engine/explain-step.ts'
import { stepKey, type StoredIngredients } from '../../../src/engine/step-key.ts'

const base: StoredIngredients = {
  engine: 1,
  node: 'train',
  type: 'training.trees',
  version: 1,
  code: 'c0de',
  params: { learningRate: 0.1, columns: ['a', 'b'], stop: { rounds: 5 } },
  seed: 7,
  inputs: {
    table: [{ hash: 'aaa' }],
    others: [
      { hash: 'bbb', node: 'left' },
      { hash: 'ccc', node: 'right' },
    ],
  },
  files: { 'telco-churn.csv': 'f1' },
  libraries: { onnxruntime: '1.30.0', duckdb: '1.5.4' },
  feeds: { table: ['split'], others: ['left', 'right'] },
}
const { feeds: _, ...ingredients } = base

describe('a step key', () => {
  const changes: [string, Partial<StoredIngredients>][] = [
    ['engine', { engine: 2 }],
    ['node', { node: 'other' }],
    ['type', { type: 'training.other' }],
    ['version', { version: 2 }],
    ['code', { code: 'c1de' }],
    ['parameters', { params: { learningRate: 0.05 } }],
    ['seed', { seed: 8 }],
    ['input', { inputs: { ...base.inputs, table: [{ hash: 'aab' }] } }],
    [
      'feeding node of a many port',
      {
        inputs: {
          ...base.inputs,
          others: [
            { hash: 'bbb', node: 'up' },
            { hash: 'ccc', node: 'right' },
          ],
        },
      },
    ],
    ['file content', { files: { 'telco-churn.csv': 'f2' } }],
    ['library', { libraries: { onnxruntime: '1.31.0', duckdb: '1.5.4' } }],
    ['folder of a sink', { folder: '/there' }],
  ]
  it.each(changes)('changes with the %s', (_name, change) => {
    expect(stepKey({ ...ingredients, ...change })).not.toBe(stepKey(ingredients))
  })

  it('is the same whatever the order of the fields', () => {
    const reversed = Object.fromEntries(Object.entries(ingredients).toReversed())
    expect(stepKey(reversed as unknown as typeof ingredients)).toBe(stepKey(ingredients))
  })
})

describe('reasons', () => {
  const cases: [Partial<StoredIngredients>, string[]][] = [
    [{}, []],
    [
      { params: { learningRate: 0.05, columns: ['a', 'c'], stop: { rounds: 9 } } },
      [
        'parameter “learningRate” 0.1 → 0.05',
        'parameter “columns.1” "b" → "c"',
        'parameter “stop.rounds” 5 → 9',
      ],
    ],
    [
      { params: { learningRate: 0.1, columns: ['a'], depth: 3 } },
      [
        'parameter “columns” ["a","b"] → ["a"]',
        'parameter “stop” {"rounds":5} → not set',
        'parameter “depth” not set → 3',
      ],
    ],
    [{ seed: 8 }, ['seed 7 → 8']],
    [
      { version: 2, type: 'training.other' },
      ['node type training.trees → training.other', 'version of the node type 1 → 2'],
    ],
    [{ code: 'new' }, ['the code of the node type changed']],
    [{ files: { 'telco-churn.csv': 'f2' } }, ['file “telco-churn.csv” changed']],
    [{ engine: 2 }, ['Pipewright itself changed']],
    [{ libraries: { onnxruntime: '1.30.0', duckdb: '2' } }, ['duckdb 1.5.4 → 2']],
    [
      { inputs: { ...base.inputs, table: [{ hash: 'new' }] } },
      ['input “table” changed: “split” gives something else now'],
    ],
    [
      { inputs: { ...base.inputs, table: [{ hash: 'new' }] }, feeds: { ...base.feeds, table: ['impute'] } },
      ['input “table” now comes from “impute”'],
    ],
    [
      { inputs: { others: base.inputs['others']! }, feeds: { others: ['left', 'right'] } },
      ['nothing is connected to “table” any more'],
    ],
    [
      {
        inputs: { ...base.inputs, more: [{ hash: 'x' }] },
        feeds: { ...base.feeds, more: ['extra'] },
      },
      ['input “more” is connected to “extra” now'],
    ],
    [
      {
        inputs: {
          ...base.inputs,
          others: [
            { hash: 'bbb', node: 'left' },
            { hash: 'new', node: 'right' },
            { hash: 'd', node: 'third' },
          ],
        },
        feeds: { ...base.feeds, others: ['left', 'right', 'third'] },
      },
      [
        'input “others” changed: “right” gives something else now',
        'input “others” is connected to “third” now',
      ],
    ],
    [
      {
        inputs: {
          ...base.inputs,
          others: [
            { hash: 'ccc', node: 'right' },
            { hash: 'bbb', node: 'left' },
          ],
        },
        feeds: { ...base.feeds, others: ['right', 'left'] },
      },
      ['input “others” now comes from “right”'],
    ],
  ]
  it.each(cases)('name what changed: %j', (change, expected) => {
    expect(explainDifference(base, { ...base, ...change }).map(describeReason)).toEqual(expected)
  })

  it('show where long values differ', () => {
    const values = Array.from({ length: 20 }, (_, index) => `value ${index}`)
    const describe = (before: unknown, after: unknown): string =>
      describeReason({ kind: 'parameter', param: 'values', before, after })
    expect(describe(values, values.toSpliced(15, 1))).toBe(
      'parameter “values” …"value 14","value 15","value 16","value 17","value 18","va… → ' +
        '…"value 14","value 16","value 17","value 18","value 19"]',
    )
    expect(describe(values, undefined)).toBe(
      'parameter “values” ["value 0","value 1","value 2","value 3","value 4","value 5… → not set',
    )
  })

  it('never are silent about another key, and never speak of an equal one', () => {
    for (const [change] of cases) {
      const { feeds: _feeds, ...after } = { ...base, ...change }
      const isSame = stepKey(after) === stepKey(ingredients)
      expect(explainDifference(base, { ...base, ...change }).length === 0).toBe(isSame)
    }
  })
})
