import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { shapeOfTable } from '../../../src/node-kit/shape-of-artifact.ts'
import { expectations } from '../../../nodes/validation/expectations/definition.ts'
import { run as checkExpectations } from '../../../nodes/validation/expectations/run.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

const csv = `shop,town,start,finish,a,b,total
Jena,Jena,2026-01-01,2026-01-02,1,2,3
Gera,Jena,2026-01-02,2026-01-01,2,,5
Ulm,,2026-01-02,,3,3,6
Jena,Ulm,2026-01-05,2026-01-05,9,1,9
`

let context: TestContext
let table: Artifact<'table'>
beforeAll(async () => {
  context = await createTestContext({ failures: expectations.failures })
  table = await exampleTable(context, { csv })
})
afterAll(() => context.dispose())

interface Result {
  success: boolean
  result: Record<string, unknown>
}

const paramsOf = (expectation: string, kwargs: Readonly<Record<string, unknown>>) =>
  expectations.params.parse({ expectations: [{ expectation, ...kwargs, severity: 'warning' }] })

async function check(expectation: string, kwargs: Readonly<Record<string, unknown>>): Promise<Result> {
  const { report } = await checkExpectations(
    { table, other: undefined },
    paramsOf(expectation, kwargs),
    context,
  )
  return (report.data.content as unknown as { results: Result[] }).results[0]!
}

describe('an expectation about rows', () => {
  it.each([
    ['expect_column_value_lengths_to_equal', { column: 'shop', value: 4 }, [2]],
    ['expect_column_values_to_match_regex_list', { column: 'shop', regex_list: ['^J', 'm$'] }, [1]],
    [
      'expect_column_values_to_match_regex_list',
      { column: 'shop', regex_list: ['^J', 'a$'], match_on: 'all' },
      [1, 2],
    ],
    ['expect_column_values_to_not_match_regex_list', { column: 'shop', regex_list: ['^G', '^U'] }, [1, 2]],
    ['expect_column_values_to_be_increasing', { column: 'b' }, [3]],
    ['expect_column_values_to_be_increasing', { column: 'start', strictly: true }, [2]],
    ['expect_column_values_to_be_decreasing', { column: 'a' }, [1, 2, 3]],
    // Mean 3.75, standard deviation of the sample 3.5939764421413041: 9 lies 1.46 of them above.
    ['expect_column_value_z_scores_to_be_less_than', { column: 'a', threshold: 1.46 }, [3]],
    ['expect_column_value_z_scores_to_be_less_than', { column: 'a', threshold: 1.47 }, []],
    ['expect_column_pair_values_to_be_equal', { column_A: 'shop', column_B: 'town' }, [1, 2, 3]],
    [
      'expect_column_pair_values_to_be_in_set',
      {
        column_A: 'shop',
        column_B: 'town',
        value_pairs_set: [
          ['Jena', 'Jena'],
          ['Ulm', null],
          [7, 'Ulm'],
        ],
      },
      [1, 3],
    ],
    ['expect_multicolumn_sum_to_equal', { column_list: ['a', 'b'], sum_total: 3 }, [1, 2, 3]],
    ['expect_select_column_values_to_be_unique_within_record', { column_list: ['a', 'b', 'total'] }, [2, 3]],
    ['expect_row_values_to_satisfy_expression', { expression: 'start <= finish' }, [1]],
  ])('%s finds the rows that are not as expected: %o', async (name, kwargs, places) => {
    const { success, result } = await check(name, kwargs)
    expect(result['partial_unexpected_index_list']).toEqual(places)
    expect(success).toBe(places.length === 0)
  })

  it('does not count rows for which an expression is open', async () => {
    const { result } = await check('expect_row_values_to_satisfy_expression', {
      expression: 'start <= finish',
    })
    expect(result).toMatchObject({
      element_count: 4,
      missing_count: 1,
      unexpected_percent: expect.closeTo(100 / 3, 10),
    })
  })

  it('looks only at rows that fulfil its condition, and counts their places in the whole table', async () => {
    const condition = { row_condition: 'total > 3' }
    const unique = await check('expect_column_values_to_be_unique', { column: 'shop', ...condition })
    expect(unique).toMatchObject({ success: true, result: { element_count: 3 } })
    const between = { column: 'a', max_value: 3, ...condition }
    const { result } = await check('expect_column_values_to_be_between', between)
    expect(result['partial_unexpected_index_list']).toEqual([3])
    expect(await check('expect_column_min_to_be_between', { column: 'a', ...condition })).toMatchObject({
      result: { observed_value: 2 },
    })
  })
})

describe('an expectation about a column', () => {
  it.each([
    ['expect_column_to_exist', { column: 'shop' }, true],
    ['expect_column_to_exist', { column: 'shopp' }, false],
    ['expect_column_values_to_be_in_type_list', { column: 'a', type_list: ['number', 'integer'] }, true],
    ['expect_column_values_to_be_in_type_list', { column: 'a', type_list: ['text'] }, false],
    ['expect_column_distinct_values_to_be_in_set', { column: 'town', value_set: ['Jena', 'Ulm', 'x'] }, true],
    ['expect_column_distinct_values_to_be_in_set', { column: 'town', value_set: ['Jena'] }, false],
    ['expect_column_distinct_values_to_contain_set', { column: 'a', value_set: [1, 9] }, true],
    ['expect_column_distinct_values_to_contain_set', { column: 'a', value_set: [1, 'x'] }, false],
    ['expect_column_distinct_values_to_equal_set', { column: 'town', value_set: ['Ulm', 'Jena'] }, true],
    ['expect_column_distinct_values_to_equal_set', { column: 'town', value_set: ['Jena', 'x'] }, false],
    ['expect_column_most_common_value_to_be_in_set', { column: 'shop', value_set: ['Jena'] }, true],
    ['expect_column_most_common_value_to_be_in_set', { column: 'a', value_set: [1] }, false],
    ['expect_column_most_common_value_to_be_in_set', { column: 'a', value_set: [1], ties_okay: true }, true],
    ['expect_column_proportion_of_non_null_values_to_be_between', { column: 'b', min_value: 0.75 }, true],
    ['expect_column_proportion_of_non_null_values_to_be_between', { column: 'b', min_value: 0.76 }, false],
  ])('%s: %o', async (name, kwargs, success) => {
    expect((await check(name, kwargs)).success).toBe(success)
  })
})

describe('the divergence from a reference', () => {
  it.each([
    // scipy.stats.entropy([1/2, 1/4, 1/4], [0.5, 0.3, 0.2])
    [
      'shop',
      { values: ['Jena', 'Gera', 'Ulm'], weights: [0.5, 0.3, 0.2] },
      0.25 * Math.log(0.25 / 0.3) + 0.25 * Math.log(0.25 / 0.2),
    ],
    ['shop', { values: ['Jena', 'Gera'], weights: [1, 1] }, Infinity],
    // 1, 2, 3 | 9 in two bins, of equal weight: [3/4, 1/4] from [1/2, 1/2]
    ['a', { bins: [1, 4, 9], weights: [3, 3] }, 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5)],
    ['a', { bins: [1, 4, 8], weights: [1, 1] }, Infinity],
  ])('is that of Kullback and Leibler: %s %o', async (column, partition_object, divergence) => {
    const kwargs = { column, partition_object, threshold: 0.2 }
    const { success, result } = await check('expect_column_kl_divergence_to_be_less_than', kwargs)
    expect(Number(result['observed_value'])).toBeCloseTo(divergence, 12)
    expect(success).toBe(divergence < 0.2)
  })
})

describe('an expectation about a table', () => {
  const columns = ['shop', 'town', 'start', 'finish', 'a', 'b', 'total']
  it.each([
    ['expect_table_row_count_to_equal', { value: 4 }, true],
    ['expect_table_row_count_to_equal', { value: 5 }, false],
    ['expect_table_column_count_to_equal', { value: 7 }, true],
    ['expect_table_column_count_to_be_between', { max_value: 6 }, false],
    ['expect_table_columns_to_match_ordered_list', { column_list: columns }, true],
    ['expect_table_columns_to_match_ordered_list', { column_list: columns.toReversed() }, false],
  ])('%s: %o', async (name, kwargs, success) => {
    expect((await check(name, kwargs)).success).toBe(success)
  })
})

describe('an expectation that cannot be held against the columns', () => {
  it.each([
    ['expect_row_values_to_satisfy_expression', { expression: 'start + ' }, 'bad-expression'],
    ['expect_column_values_to_be_unique', { column: 'shop', row_condition: 'total' }, 'bad-expression'],
    ['expect_column_pair_values_to_be_equal', { column_A: 'shop', column_B: 'a' }, 'wrong-type'],
    ['expect_multicolumn_sum_to_equal', { column_list: ['a', 'shop'], sum_total: 1 }, 'wrong-type'],
    [
      'expect_column_kl_divergence_to_be_less_than',
      { column: 'a', partition_object: { bins: [1, 2, 3], weights: [1] }, threshold: 1 },
      'bad-parameter',
    ],
  ])('is refused before the run: %s', (name, kwargs, code) => {
    const { findings = [] } = expectations.propagate({
      inputs: { table: shapeOfTable(table.data), other: undefined },
      params: paramsOf(name, kwargs),
      node: 'expectations',
      feeds: {},
      freeNodeId: (wish) => wish,
      probed: null,
    })
    expect(findings[0]).toMatchObject({ severity: 'error', code })
  })
})
