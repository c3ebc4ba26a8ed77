import { z } from 'zod'
import { columnTypes } from '../../../src/core/columns.ts'
import { column, fewest, most, ofColumn, rowCondition, scalar, severity } from './expectation-fields.ts'

const distinctSet = <const Name extends string>(name: Name, title: string, description: string) =>
  z
    .strictObject({
      expectation: z.literal(name),
      column,
      value_set: z.array(scalar).min(1).meta({ title: 'Set', description }),
      row_condition: rowCondition,
      severity,
    })
    .meta({ title })

const ofTable = <const Name extends string>(name: Name, title: string) =>
  z
    .strictObject({
      expectation: z.literal(name),
      value: z.int().min(0).meta({ title: 'Number', description: 'How many are expected.' }),
      severity,
    })
    .meta({ title })

/** Expectations about whole columns, and about the columns and rows of a table. */
export const columnExpectations = [
  z
    .strictObject({ expectation: z.literal('expect_column_to_exist'), column, severity })
    .meta({ title: 'Column is there' }),
  z
    .strictObject({
      expectation: z.literal('expect_column_values_to_be_in_type_list'),
      column,
      type_list: z
        .array(z.enum(columnTypes))
        .min(1)
        .meta({ title: 'Types', description: 'The types that the column may have.' }),
      severity,
    })
    .meta({ title: 'Column has one of some types' }),
  distinctSet(
    'expect_column_distinct_values_to_be_in_set',
    'Different values are in a set',
    'The values that may be there.',
  ),
  distinctSet(
    'expect_column_distinct_values_to_contain_set',
    'Different values contain a set',
    'The values that must be there.',
  ),
  distinctSet(
    'expect_column_distinct_values_to_equal_set',
    'Different values are a set',
    'The values that must be there, and no others.',
  ),
  z
    .strictObject({
      expectation: z.literal('expect_column_most_common_value_to_be_in_set'),
      column,
      value_set: z
        .array(scalar)
        .min(1)
        .meta({ title: 'Set', description: 'The values of which one is the most frequent.' }),
      ties_okay: z.boolean().default(false).meta({
        title: 'Ties',
        description: 'Whether other values may be as frequent.',
      }),
      row_condition: rowCondition,
      severity,
    })
    .meta({ title: 'Most frequent value is in a set' }),
  ofColumn('expect_column_proportion_of_non_null_values_to_be_between', 'Share of values that are there'),
  z
    .strictObject({
      expectation: z.literal('expect_column_kl_divergence_to_be_less_than'),
      column,
      partition_object: z
        .union([
          z.strictObject({ values: z.array(scalar).min(1), weights: z.array(z.number().min(0)).min(1) }),
          z.strictObject({ bins: z.array(z.number()).min(2), weights: z.array(z.number().min(0)).min(1) }),
        ])
        .meta({
          title: 'Reference',
          description: 'Values, or the ascending edges of bins, and how much of the values each has.',
        }),
      threshold: z.number().min(0).meta({
        title: 'Threshold',
        description: 'The greatest Kullback–Leibler divergence that is expected, in nats.',
      }),
      row_condition: rowCondition,
      severity,
    })
    .meta({ title: 'Distribution is near a reference' }),
  ofTable('expect_table_row_count_to_equal', 'Number of rows'),
  z
    .strictObject({ expectation: z.literal('expect_table_row_count_to_equal_other_table'), severity })
    .meta({ title: 'Number of rows is that of the other table' }),
  ofTable('expect_table_column_count_to_equal', 'Number of columns'),
  z
    .strictObject({
      expectation: z.literal('expect_table_column_count_to_be_between'),
      min_value: fewest,
      max_value: most,
      severity,
    })
    .meta({ title: 'Number of columns lies between' }),
  z
    .strictObject({
      expectation: z.literal('expect_table_columns_to_match_ordered_list'),
      column_list: z
        .array(z.string())
        .min(1)
        .meta({ title: 'Columns', description: 'The names of all columns, in their order.' }),
      severity,
    })
    .meta({ title: 'Table has columns in this order' }),
] as const
