import { z } from 'zod'
import { columnNamed, type Column, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customersCsv } from '../../example-tables.ts'
import { conditionFindings } from '../../features/filter/definition.ts'
import { columnsOf, conditionsOf, expectationSchema, type Expectation } from './expectation.ts'
import { textExpectations } from './text-expectations.ts'

const params = z.strictObject({
  expectations: z.array(expectationSchema).default([]).meta({
    title: 'Expectations',
    description: 'What must hold of the table, with the names and arguments of Great Expectations.',
  }),
})

export const expectations = defineNode({
  id: 'validation.expectations',
  version: 1,
  title: 'Check expectations',
  summary: 'Checks that a table is as expected, and stops or warns where it is not.',
  description:
    'Expectations are called as in Great Expectations and give results of the same form: how many values were looked at, ' +
    'how many were not as expected, and some of them. “mostly” is the share of values that must hold; missing values do ' +
    'not count. An expectation that fails with severity error fails the step, and the report is kept; with severity ' +
    'warning the run goes on. The table passes through unchanged. Every row is looked at, whatever its split, unless a row ' +
    'condition chooses some.\n\n' +
    'Dates and times that are “dateutil parseable” are here whole dates in the usual forms, alone or with a time and an ' +
    'offset; dateutil would take more, such as “25” or “3pm”, and fill in the rest from today.',
  keywords: [
    'data quality',
    'great expectations',
    'assert',
    'constraint',
    'schema',
    'test data',
    'validate',
    'quality gate',
  ],
  inputs: {
    table: { type: 'table', title: 'Table' },
    other: {
      type: 'table',
      title: 'Other table',
      optional: true,
      description: 'The table whose number of rows is compared with, where an expectation asks for that.',
    },
  },
  outputs: {
    table: { type: 'table', title: 'Table', description: 'The same table.' },
    report: { type: 'report', title: 'Report', description: 'The result of each expectation.' },
  },
  params,
  failures: {
    unmet: {
      kind: 'user',
      message: '{count} of {total} expectations are not met: {first}.',
      remedy:
        'Look at the report (`pipewright runs show latest {node}`), then mend the data or change the expectation.',
    },
    'bad-pattern': {
      kind: 'user',
      message: 'The pattern “{pattern}” is no regular expression in RE2 syntax: {reason}',
      remedy: 'Correct it; look-ahead and back-references are not part of RE2.',
    },
    'bad-format': {
      kind: 'user',
      message: 'The format “{format}” cannot be used: {reason}',
      remedy: 'Write it with the specifiers of strftime, such as %Y, %m, %d, %H, %M and %S.',
    },
  },
  examples: [
    {
      title: 'Customers as they should be',
      params: {
        expectations: [
          { expectation: 'expect_column_values_to_be_unique', column: 'customer' },
          { expectation: 'expect_column_values_to_match_regex', column: 'customer', regex: '^C[0-9]{3}$' },
          { expectation: 'expect_column_values_to_be_in_set', column: 'churn', value_set: ['yes', 'no'] },
          { expectation: 'expect_column_values_to_not_be_null', column: 'calls', mostly: 0.8 },
          {
            expectation: 'expect_column_values_to_be_between',
            column: 'months',
            min_value: 0,
            max_value: 120,
          },
          {
            expectation: 'expect_column_mean_to_be_between',
            column: 'spend',
            max_value: 10,
            severity: 'warning',
          },
          { expectation: 'expect_table_row_count_to_be_between', min_value: 10 },
        ],
      },
      inputs: { table: { csv: customersCsv() } },
    },
    {
      title: 'Orders that make sense',
      params: {
        expectations: [
          { expectation: 'expect_row_values_to_satisfy_expression', expression: 'sent >= (ordered)' },
          {
            expectation: 'expect_column_values_to_not_be_null',
            column: 'sent',
            row_condition: 'total > (10)',
          },
          { expectation: 'expect_column_values_to_be_increasing', column: 'ordered' },
          {
            expectation: 'expect_column_distinct_values_to_equal_set',
            column: 'total',
            value_set: [9.5, 12, 30],
          },
        ],
      },
      inputs: {
        table: {
          csv: 'ordered,sent,total\n2026-01-01,2026-01-03,12\n2026-01-02,,9.5\n2026-01-04,2026-01-04,30\n',
        },
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  paramsForSample: ({ expectations, ...params }) => ({
    ...params,
    expectations: expectations.map((each) => ({ ...each, severity: 'warning' as const })),
  }),
  propagate({ inputs: { table, other }, params }) {
    return {
      outputs: { table, report: { kind: 'report' } },
      findings: params.expectations.flatMap((expectation, index) => [
        ...findingsOf(table, expectation, `expectations.${index}`),
        ...(other ? [] : missingOther(expectation, `expectations.${index}`)),
      ]),
    }
  },
})

function findingsOf(table: TableShape, expectation: Expectation, place: string): NodeFinding[] {
  if (!table.known) return []
  const missing = columnsOf(expectation).flatMap(({ name, param }) =>
    unknownColumns({ table, names: [name], param: () => `${place}.${param}` }),
  )
  const conditions = conditionsOf(expectation).flatMap(({ text, param }) =>
    conditionFindings(table, text, `${place}.${param}`),
  )
  if (missing.length > 0 || conditions.length > 0) return [...missing, ...conditions]
  return [
    ...wrongTypes(table, expectation, place),
    ...mixedTypes(table, expectation, place),
    ...wrongRanges(expectation, place),
    ...wrongReference(expectation, place),
  ]
}

function missingOther({ expectation }: Expectation, param: string): NodeFinding[] {
  if (expectation !== 'expect_table_row_count_to_equal_other_table') return []
  const message = 'There is no other table to compare the number of rows with.'
  return [{ code: 'no-table', severity: 'error', message, remedy: 'Connect one to “Other table”.', param }]
}

function wrongTypes(table: TableShape, expectation: Expectation, place: string): NodeFinding[] {
  return columnsOf(expectation).flatMap(({ name, param }) => {
    const column = columnNamed(table, name)!
    const takes = typesFor(expectation)
    if (takes.includes(column.type)) return []
    return [
      {
        code: 'wrong-type',
        severity: 'error' as const,
        message: `“${name}” is a ${column.type} column; this expectation is about ${takes.join(', ')}.`,
        remedy: 'Choose another column or expectation.',
        param: `${place}.${param}`,
      },
    ]
  })
}

/** Values of columns that are held against each other must be of one kind. */
function mixedTypes(table: TableShape, expectation: Expectation, place: string): NodeFinding[] {
  const { expectation: name } = expectation
  if (name === 'expect_compound_columns_to_be_unique' || name === 'expect_column_pair_values_to_be_in_set')
    return []
  const kinds = columnsOf(expectation).map(({ name: column }) => kindOf(columnNamed(table, column)!))
  if (new Set(kinds).size < 2) return []
  return [
    {
      code: 'wrong-type',
      severity: 'error',
      message: 'The columns of this expectation hold values that cannot be compared.',
      remedy: 'Choose columns of one type, or give them one with “Cast types”.',
      param: `${place}.${columnsOf(expectation).at(-1)!.param}`,
    },
  ]
}

function kindOf({ type }: Column): string {
  if (type === 'integer') return 'number'
  return type === 'datetime' ? 'date' : type
}

function wrongReference(expectation: Expectation, place: string): NodeFinding[] {
  if (!('partition_object' in expectation)) return []
  const { partition_object: reference } = expectation
  const param = `${place}.partition_object`
  const parts = 'bins' in reference ? reference.bins.length - 1 : reference.values.length
  const bad = (message: string, remedy: string): NodeFinding[] => [
    { code: 'bad-parameter', severity: 'error', message, remedy, param },
  ]
  if (parts !== reference.weights.length)
    return bad(
      `There are ${parts} ${'bins' in reference ? 'bins' : 'values'}, but ${reference.weights.length} weights.`,
      'Give one weight for each.',
    )
  if (reference.weights.every((weight) => weight === 0))
    return bad('All weights of the reference are 0.', 'Give what is expected a weight above 0.')
  if (
    'bins' in reference &&
    reference.bins.some((edge, index) => edge <= (reference.bins[index - 1] ?? -Infinity))
  )
    return bad('The edges of the bins do not ascend.', 'Give each edge once, in ascending order.')
  return []
}

function wrongRanges(expectation: Expectation, place: string): NodeFinding[] {
  if (expectation.expectation !== 'expect_column_quantile_values_to_be_between') return []
  const { quantiles, value_ranges } = expectation.quantile_ranges
  if (quantiles.length === value_ranges.length) return []
  return [
    {
      code: 'bad-parameter',
      severity: 'error',
      message: `There are ${quantiles.length} quantiles, but ${value_ranges.length} ranges.`,
      remedy: 'Give one range for each quantile.',
      param: `${place}.quantile_ranges.value_ranges`,
    },
  ]
}

function typesFor(expectation: Expectation): readonly Column['type'][] {
  if ('partition_object' in expectation && 'bins' in expectation.partition_object) return numbers
  return typesByExpectation[expectation.expectation] ?? stored
}

const numbers = ['number', 'integer'] as const
const stored = [...numbers, 'boolean', 'text', 'date', 'datetime'] as const

/** The types of column an expectation is about; all that are stored where it does not stand here. */
const typesByExpectation: Partial<Record<Expectation['expectation'], readonly Column['type'][]>> = {
  expect_column_values_to_be_of_type: [...stored, 'vector'],
  expect_column_values_to_be_in_type_list: [...stored, 'vector'],
  expect_column_values_to_match_regex: ['text'],
  expect_column_values_to_not_match_regex: ['text'],
  expect_column_value_lengths_to_be_between: ['text'],
  expect_column_value_lengths_to_equal: ['text'],
  expect_column_values_to_match_regex_list: ['text'],
  expect_column_values_to_not_match_regex_list: ['text'],
  ...Object.fromEntries(textExpectations.map(({ shape }) => [shape.expectation.value, ['text']])),
  expect_column_values_to_be_increasing: [...numbers, 'date', 'datetime'],
  expect_column_values_to_be_decreasing: [...numbers, 'date', 'datetime'],
  expect_column_value_z_scores_to_be_less_than: numbers,
  expect_multicolumn_sum_to_equal: numbers,
  expect_column_values_to_be_between: [...numbers, 'date', 'datetime'],
  expect_column_pair_values_a_to_be_greater_than_b: [...numbers, 'date', 'datetime'],
  expect_column_mean_to_be_between: numbers,
  expect_column_min_to_be_between: numbers,
  expect_column_max_to_be_between: numbers,
  expect_column_median_to_be_between: numbers,
  expect_column_stdev_to_be_between: numbers,
  expect_column_sum_to_be_between: numbers,
  expect_column_quantile_values_to_be_between: numbers,
}
