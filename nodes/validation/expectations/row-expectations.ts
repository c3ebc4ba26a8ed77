import { z } from 'zod'
import { column, ofRows, ofValues, scalar } from './expectation-fields.ts'

const regexList = z.array(z.string().min(1)).min(1).meta({
  title: 'Patterns',
  description: 'Regular expressions in RE2 syntax.',
})
const strictly = z.boolean().default(false).meta({
  title: 'Strictly',
  description: 'Whether a value that is repeated is unexpected.',
})
const columnA = column.meta({ title: 'Column A', description: 'The first column.', widget: 'column' })
const columnB = column.meta({ title: 'Column B', description: 'The second column.', widget: 'column' })

/** Expectations about rows that look at several, at several columns, or at a text in several ways. */
export const rowExpectations = [
  ofValues('expect_column_value_lengths_to_equal', 'Texts have a length', {
    value: z.int().min(0).meta({ title: 'Length', description: 'How many characters are expected.' }),
  }),
  ofValues('expect_column_values_to_match_regex_list', 'Values match patterns', {
    regex_list: regexList,
    match_on: z
      .enum(['any', 'all'])
      .default('any')
      .meta({ title: 'Match', description: 'Whether one pattern has to be found, or all.' }),
  }),
  ofValues('expect_column_values_to_not_match_regex_list', 'Values match none of some patterns', {
    regex_list: regexList,
  }),
  ofValues('expect_column_values_to_be_increasing', 'Values increase from row to row', { strictly }),
  ofValues('expect_column_values_to_be_decreasing', 'Values decrease from row to row', { strictly }),
  ofValues('expect_column_value_z_scores_to_be_less_than', 'Values lie near the mean', {
    threshold: z.number().positive().meta({
      title: 'Threshold',
      description: 'How many standard deviations (of a sample) from the mean are unexpected.',
    }),
    double_sided: z.boolean().default(true).meta({
      title: 'On both sides',
      description: 'Whether low values are unexpected too.',
    }),
  }),
  z
    .strictObject({
      expectation: z.literal('expect_column_pair_values_to_be_equal'),
      column_A: columnA,
      column_B: columnB,
      ...ofRows,
    })
    .meta({ title: 'Two columns are equal' }),
  z
    .strictObject({
      expectation: z.literal('expect_column_pair_values_to_be_in_set'),
      column_A: columnA,
      column_B: columnB,
      value_pairs_set: z
        .array(z.tuple([scalar.nullable(), scalar.nullable()]))
        .min(1)
        .meta({ title: 'Pairs', description: 'The pairs of values that are expected; null is missing.' }),
      ...ofRows,
    })
    .meta({ title: 'Values of two columns are in a set' }),
  z
    .strictObject({
      expectation: z.literal('expect_multicolumn_sum_to_equal'),
      column_list: z
        .array(z.string())
        .min(2)
        .meta({ title: 'Columns', description: 'The columns whose values are added in each row.' }),
      sum_total: z.number().meta({ title: 'Sum', description: 'The sum that is expected.' }),
      ...ofRows,
    })
    .meta({ title: 'Columns add up' }),
  z
    .strictObject({
      expectation: z.literal('expect_select_column_values_to_be_unique_within_record'),
      column_list: z
        .array(z.string())
        .min(2)
        .meta({ title: 'Columns', description: 'The columns that differ from each other in each row.' }),
      ...ofRows,
    })
    .meta({ title: 'Columns differ in each row' }),
  z
    .strictObject({
      expectation: z.literal('expect_row_values_to_satisfy_expression'),
      expression: z.string().min(1).meta({
        title: 'Expression',
        description:
          'What is true of each row, such as “start <= finish”; rows where it is open do not count.',
        widget: 'expression',
      }),
      ...ofRows,
    })
    .meta({ title: 'Rows satisfy an expression' }),
] as const
