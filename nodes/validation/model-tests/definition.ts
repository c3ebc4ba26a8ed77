import { z } from 'zod'
import { columnNamed, type Column, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { splitNumbers } from '../../example-tables.ts'
import { partFindings } from '../../part-findings.ts'
import { modelTestSchema, type ModelTest } from './model-test.ts'

const params = z.strictObject({
  tests: z
    .array(modelTestSchema)
    .max(200)
    .default([])
    .meta({ title: 'Tests', description: 'What must hold of the model.' }),
  rows: z.enum(['test', 'validation', 'train', 'all']).default('test').meta({
    title: 'Rows',
    description: 'Which rows the model is asked about.',
  }),
  mostRows: z.int().min(1).max(1_000_000).default(5000).meta({
    title: 'Most rows',
    description: 'So many rows are drawn at random, by the seed, where there are more.',
    unit: 'rows',
  }),
})
export type ModelTestsParams = z.output<typeof params>

export const modelTests = defineNode({
  id: 'validation.model-tests',
  version: 1,
  title: 'Test a model',
  summary: 'Checks that a model behaves as it must, and stops or warns where it does not.',
  description:
    'A model with a good metric may still answer nonsense: nothing at all for a row, a price below 0, another credit ' +
    'decision for another first name, a lower risk for more missed payments. Here that is written down and asked of the ' +
    'model on real rows.\n\n' +
    'Invariance: a column is changed, and the answer must stay. Direction: a column is moved, and the answer must follow. ' +
    'Both are asked row by row, the other columns as they are; rows whose value is missing are left out. Each result ' +
    'tells how many rows are otherwise, and shows some.\n\n' +
    'The model passes through, so that “Register model” behind this step gets only models that stood the tests. ' +
    '`pipewright test` tells each of them apart, for continuous integration.',
  keywords: [
    'behavioural tests',
    'checklist',
    'invariance',
    'directional expectation',
    'metamorphic',
    'perturbation',
    'fairness',
    'robustness',
    'unit test',
    'quality gate',
  ],
  inputs: {
    model: { type: 'model', title: 'Model' },
    table: { type: 'table', title: 'Table', description: 'The rows that the model is asked about.' },
  },
  outputs: {
    model: { type: 'model', title: 'Model', description: 'The same model.' },
    report: {
      type: 'report',
      title: 'Report',
      description: 'The result of each test, with rows that fail it.',
    },
  },
  params,
  failures: {
    unmet: {
      kind: 'user',
      message: '{count} of {total} tests are not passed: {first}.',
      remedy:
        'Look at the rows in the report (`pipewright runs show latest {node}`), then train otherwise (“Rules” and monotone ' +
        'columns can force an answer) or change the test.',
    },
    'no-rows': {
      kind: 'user',
      message: 'There is no row to ask the model about.',
      remedy: 'Connect a table that has rows, or choose others.',
    },
    'unknown-class': {
      kind: 'user',
      message: 'The model knows no class “{class}”; it knows {classes}.',
      remedy: 'Choose one of these.',
    },
    'no-class': {
      kind: 'user',
      message: 'The model answers with {what}, so there is no class “{class}”.',
      remedy: 'Leave the class empty, or ask for the range of the answers.',
    },
    'not-taken': {
      kind: 'user',
      message: 'The model takes no column “{column}”, so it cannot be changed; it takes {columns}.',
      remedy: 'Choose one of these.',
    },
    'not-a-value': {
      kind: 'user',
      message: '“{value}” is no value of “{column}”: {problem}',
      remedy: 'Write values as they stand in the source.',
    },
  },
  examples: [
    {
      title: 'A model that behaves',
      params: {
        tests: [
          { test: 'answers-present' },
          { test: 'answers-between', minimum: 0, maximum: 1, class: 'yes' },
          { test: 'share-of-class', class: 'yes', minimum: 0.05, maximum: 0.95 },
          { test: 'invariance', column: 'spend', by: 0.01, tolerance: 0.2, mostly: 0.5 },
          { test: 'direction', column: 'months', by: 24, expected: 'falls', class: 'yes' },
          { test: 'size', maximumMb: 1 },
        ],
        rows: 'all',
      },
      inputs: {
        model: { from: 'training.logistic-regression', output: 'model' },
        table: splitNumbers,
      },
    },
    {
      title: 'A warning only',
      params: {
        tests: [{ test: 'answers-between', minimum: 1e6, severity: 'warning' }],
        rows: 'validation',
        mostRows: 10,
      },
      inputs: {
        model: { from: 'training.gradient-boosted-trees', example: 1, output: 'model' },
        table: { ...splitNumbers, roles: { spend: 'target', churn: 'ignore' } },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  paramsForSample: ({ tests, ...others }) => ({
    ...others,
    tests: tests.map((each) => ({ ...each, severity: 'warning' as const })),
  }),
  propagate: ({ inputs: { model, table }, params }) => ({
    outputs: { model, report: { kind: 'report' } },
    findings: [
      ...partFindings(table, params.rows),
      ...params.tests.flatMap((test, index) => findingsOf(table, test, `tests.${index}`)),
    ],
  }),
})

function findingsOf(table: TableShape, test: ModelTest, place: string): NodeFinding[] {
  return [...columnFindings(table, test, place), ...valueFindings(test, place)]
}

function columnFindings(table: TableShape, test: ModelTest, place: string): NodeFinding[] {
  if (!table.known || !('column' in test)) return []
  const param = `${place}.column`
  const unknown = unknownColumns({ table, names: [test.column], param: () => param })
  if (unknown.length > 0 || test.by === undefined) return unknown
  const column = columnNamed(table, test.column)!
  return isMovable(column) ? [] : [notMovable(column, param)]
}

const isMovable = ({ type }: Column): boolean =>
  type === 'number' || type === 'integer' || type === 'date' || type === 'datetime'

const notMovable = ({ name, type }: Column, param: string): NodeFinding => ({
  code: 'wrong-type',
  severity: 'error',
  message: `“${name}” is a ${type} column; nothing can be added to it.`,
  remedy: 'Choose a column of numbers or dates, or give other values in its place.',
  param,
})

function valueFindings(test: ModelTest, place: string): NodeFinding[] {
  if (test.test === 'invariance' && test.values.length === 0 && test.by === undefined)
    return [
      lacking('The test does not say how the column is changed.', 'Give other values, or an amount.', place),
    ]
  if (test.test === 'answers-between' && test.minimum === undefined && test.maximum === undefined)
    return [lacking('The range has neither end.', 'Give a minimum, a maximum, or both.', place)]
  if ('minimum' in test && (test.minimum ?? -Infinity) > (test.maximum ?? Infinity))
    return [lacking('The minimum is above the maximum.', 'Change one of them.', `${place}.minimum`)]
  return []
}

const lacking = (message: string, remedy: string, param: string): NodeFinding => ({
  code: 'bad-value',
  severity: 'error',
  message,
  remedy,
  param,
})
