import { z } from 'zod'
import { columnNamed, type Column, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { customersCsv } from '../../example-tables.ts'
import { columnsOf, expectationSchema, type Expectation } from './expectation.ts'

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
    'warning the run goes on. The table passes through unchanged. Every row is looked at, whatever its split.',
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
  inputs: { table: { type: 'table', title: 'Table' } },
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
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table }, params }) {
    return {
      outputs: { table, report: { kind: 'report' } },
      findings: params.expectations.flatMap((expectation, index) =>
        findingsOf(table, expectation, `expectations.${index}`),
      ),
    }
  },
})

function findingsOf(table: TableShape, expectation: Expectation, place: string): NodeFinding[] {
  if (!table.known) return []
  const missing = columnsOf(expectation).flatMap(({ name, param }) =>
    unknownColumns({ table, names: [name], param: () => `${place}.${param}` }),
  )
  if (missing.length > 0) return missing
  return [...wrongTypes(table, expectation, place), ...wrongRanges(expectation, place)]
}

function wrongTypes(table: TableShape, expectation: Expectation, place: string): NodeFinding[] {
  return columnsOf(expectation).flatMap(({ name, param }) => {
    const column = columnNamed(table, name)!
    const takes = typesByExpectation[expectation.expectation] ?? stored
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

const numbers = ['number', 'integer'] as const
const stored = [...numbers, 'boolean', 'text', 'date', 'datetime'] as const

/** The types of column an expectation is about; all that are stored where it does not stand here. */
const typesByExpectation: Partial<Record<Expectation['expectation'], readonly Column['type'][]>> = {
  expect_column_values_to_be_of_type: [...stored, 'vector'],
  expect_column_values_to_match_regex: ['text'],
  expect_column_values_to_not_match_regex: ['text'],
  expect_column_value_lengths_to_be_between: ['text'],
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
