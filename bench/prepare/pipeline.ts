import { categories, numbers, target } from './write-table.ts'

/** Between what the numbers of a column are expected to lie. */
export const range: readonly [low: number, high: number] = [-1e9, 1e9]

/** A pipeline from a CSV file to the matrix that a learner gets; `rate` is a parameter of its last node. */
export function preparationPipeline({ data, rate }: { data: string; rate: number }): string {
  const node = (type: string, params: object = {}) => ({ type, version: 1, params })
  const names = ['table', 'expectations', 'roles', 'split', 'impute', 'encode', 'scale', 'matrix']
  return JSON.stringify({
    format: 1,
    id: 'prepare',
    name: 'Preparation',
    seed: 7,
    nodes: {
      table: node('ingestion.file', { path: data }),
      expectations: node('validation.expectations', { expectations: expectations() }),
      roles: node('features.set-roles', { target }),
      split: node('features.split', { method: 'stratified', test: 0.2, validation: 0 }),
      impute: node('features.impute', { text: 'constant' }),
      encode: node('features.encode', { maximumCategories: 20 }),
      scale: node('features.scale'),
      matrix: node('training.take-matrix', { rate }),
    },
    edges: names.slice(1).map((name, index) => `${names[index]}.table -> ${name}.table`),
  })
}

/** Missing values, ranges, duplicates and cardinality: what the peer looks at too. */
export function expectations(): object[] {
  const columns = [...Object.keys(numbers), ...Object.keys(categories), target]
  const [min_value, max_value] = range
  return [
    ...columns.map((column) => ({
      expectation: 'expect_column_values_to_not_be_null',
      column,
      mostly: 0.9,
    })),
    ...Object.keys(numbers).map((column) => ({
      expectation: 'expect_column_values_to_be_between',
      column,
      min_value,
      max_value,
    })),
    { expectation: 'expect_compound_columns_to_be_unique', column_list: columns, mostly: 0.99 },
    ...Object.entries(categories).map(([column, count]) => ({
      expectation: 'expect_column_unique_value_count_to_be_between',
      column,
      min_value: 1,
      max_value: count,
    })),
  ]
}
