import { z } from 'zod'
import { columnTypes } from '../../../src/core/columns.ts'
import {
  column,
  fewest,
  most,
  ofColumn,
  ofRows,
  ofValues,
  rowCondition,
  scalar,
  severity,
  strict,
} from './expectation-fields.ts'
import { columnExpectations } from './column-expectations.ts'
import { rowExpectations } from './row-expectations.ts'
import { textExpectations } from './text-expectations.ts'

/** The expectations, with the names and arguments of Great Expectations. */
export const expectationSchema = z.discriminatedUnion('expectation', [
  ofValues('expect_column_values_to_not_be_null', 'Values are not missing', {}),
  ofValues('expect_column_values_to_be_null', 'Values are missing', {}),
  ofValues('expect_column_values_to_be_unique', 'Values are unique', {}),
  ofValues('expect_column_values_to_be_in_set', 'Values are in a set', {
    value_set: z.array(scalar).min(1).meta({ title: 'Set', description: 'The values that are expected.' }),
  }),
  ofValues('expect_column_values_to_not_be_in_set', 'Values are not in a set', {
    value_set: z
      .array(scalar)
      .min(1)
      .meta({ title: 'Set', description: 'The values that are not expected.' }),
  }),
  ofValues('expect_column_values_to_be_between', 'Values lie between', {
    min_value: z.union([z.number(), z.string()]).optional().meta({
      title: 'Minimum',
      description: 'The lowest value; a date or time as ISO 8601. None when left empty.',
    }),
    max_value: z.union([z.number(), z.string()]).optional().meta({
      title: 'Maximum',
      description: 'The highest value; a date or time as ISO 8601. None when left empty.',
    }),
    strict_min: strict.meta({
      title: 'Above the minimum',
      description: 'The minimum itself is not expected.',
    }),
    strict_max: strict.meta({
      title: 'Below the maximum',
      description: 'The maximum itself is not expected.',
    }),
  }),
  ofValues('expect_column_values_to_match_regex', 'Values match a pattern', {
    regex: z.string().min(1).meta({
      title: 'Pattern',
      description: 'A regular expression in RE2 syntax that is found somewhere in the text.',
    }),
  }),
  ofValues('expect_column_values_to_not_match_regex', 'Values do not match a pattern', {
    regex: z.string().min(1).meta({
      title: 'Pattern',
      description: 'A regular expression in RE2 syntax that is found nowhere in the text.',
    }),
  }),
  ofValues('expect_column_value_lengths_to_be_between', 'Texts have a length between', {
    min_value: fewest,
    max_value: most,
  }),
  z
    .strictObject({
      expectation: z.literal('expect_column_values_to_be_of_type'),
      column,
      type_: z
        .enum(columnTypes)
        .meta({ title: 'Type', description: 'The type that the column is expected to have.' }),
      severity,
    })
    .meta({ title: 'Column has a type' }),
  ofColumn('expect_column_mean_to_be_between', 'Mean lies between'),
  ofColumn('expect_column_min_to_be_between', 'Smallest value lies between'),
  ofColumn('expect_column_max_to_be_between', 'Largest value lies between'),
  ofColumn('expect_column_median_to_be_between', 'Median lies between'),
  ofColumn('expect_column_stdev_to_be_between', 'Standard deviation lies between'),
  ofColumn('expect_column_sum_to_be_between', 'Sum lies between'),
  ofColumn('expect_column_unique_value_count_to_be_between', 'Number of different values lies between'),
  ofColumn(
    'expect_column_proportion_of_unique_values_to_be_between',
    'Share of different values lies between',
  ),
  z
    .strictObject({
      expectation: z.literal('expect_column_quantile_values_to_be_between'),
      column,
      quantile_ranges: z
        .strictObject({
          quantiles: z.array(z.number().min(0).max(1)).min(1),
          value_ranges: z.array(z.tuple([z.number().nullable(), z.number().nullable()])).min(1),
        })
        .meta({
          title: 'Quantiles',
          description: 'Quantiles from 0 to 1, and for each the range that is expected; null is open.',
        }),
      row_condition: rowCondition,
      severity,
    })
    .meta({ title: 'Quantiles lie between' }),
  z
    .strictObject({
      expectation: z.literal('expect_table_row_count_to_be_between'),
      min_value: fewest,
      max_value: most,
      severity,
    })
    .meta({ title: 'Number of rows lies between' }),
  z
    .strictObject({
      expectation: z.literal('expect_table_columns_to_match_set'),
      column_set: z
        .array(z.string())
        .min(1)
        .meta({ title: 'Columns', description: 'The names of the columns that are expected, in any order.' }),
      exact_match: z
        .boolean()
        .default(true)
        .meta({ title: 'No others', description: 'Whether other columns are unexpected.' }),
      severity,
    })
    .meta({ title: 'Table has columns' }),
  z
    .strictObject({
      expectation: z.literal('expect_compound_columns_to_be_unique'),
      column_list: z
        .array(z.string())
        .min(2)
        .meta({ title: 'Columns', description: 'Their values, taken together, are different in every row.' }),
      ...ofRows,
    })
    .meta({ title: 'Columns together are unique' }),
  z
    .strictObject({
      expectation: z.literal('expect_column_pair_values_a_to_be_greater_than_b'),
      column_A: column.meta({ title: 'Column A', description: 'The greater column.', widget: 'column' }),
      column_B: column.meta({ title: 'Column B', description: 'The smaller column.', widget: 'column' }),
      or_equal: z
        .boolean()
        .default(false)
        .meta({ title: 'Or equal', description: 'Whether equal values are as expected.' }),
      ...ofRows,
    })
    .meta({ title: 'One column is greater than another' }),
  ...rowExpectations,
  ...textExpectations,
  ...columnExpectations,
])
export type Expectation = z.output<typeof expectationSchema>

/** The columns that an expectation names and looks at, each with the argument that names it. */
export function columnsOf(expectation: Expectation): readonly { name: string; param: string }[] {
  if (expectation.expectation === 'expect_column_to_exist') return []
  if (expectation.expectation === 'expect_table_columns_to_match_ordered_list') return []
  if ('column' in expectation) return [{ name: expectation.column, param: 'column' }]
  if ('column_list' in expectation)
    return expectation.column_list.map((name, index) => ({ name, param: `column_list.${index}` }))
  if ('column_A' in expectation) {
    return [
      { name: expectation.column_A, param: 'column_A' },
      { name: expectation.column_B, param: 'column_B' },
    ]
  }
  return []
}

/** The expressions of an expectation, which must be true or false, each with its argument. */
export function conditionsOf(expectation: Expectation): readonly { text: string; param: string }[] {
  const condition = 'row_condition' in expectation ? expectation.row_condition : undefined
  return [
    ...(condition === undefined ? [] : [{ text: condition, param: 'row_condition' }]),
    ...('expression' in expectation ? [{ text: expectation.expression, param: 'expression' }] : []),
  ]
}

/** The patterns of an expectation, each with its argument. */
export function patternsOf(expectation: Expectation): readonly { pattern: string; param: string }[] {
  if ('regex' in expectation) return [{ pattern: expectation.regex, param: 'regex' }]
  if ('regex_list' in expectation)
    return expectation.regex_list.map((pattern, index) => ({ pattern, param: `regex_list.${index}` }))
  return []
}
