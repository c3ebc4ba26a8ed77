import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Artifact } from '../../../src/core/artifacts.ts'
import { run as checkExpectations } from '../../../nodes/validation/expectations/run.ts'
import { expectations } from '../../../nodes/validation/expectations/definition.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

const csv = `shop,day,visitors,sales,open
Jena,2026-01-01,10,1.5,true
Gera,2026-01-02,,2.5,true
Jena,2026-01-03,30,NaN,false
Ulm,2026-01-04,40,3.5,
,2026-01-05,50,-2,true
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

async function check(expectation: string, kwargs: Readonly<Record<string, unknown>>): Promise<Result> {
  const params = expectations.params.parse({
    expectations: [{ expectation, ...kwargs, severity: 'warning' }],
  })
  const { report } = await checkExpectations({ table, other: undefined }, params, context)
  const { results } = report.data.content as unknown as { results: Result[] }
  return results[0]!
}

describe('an expectation about values', () => {
  it('counts as Great Expectations does, and shows the values that are not as expected', async () => {
    const { success, result } = await check('expect_column_values_to_be_between', {
      column: 'visitors',
      min_value: 20,
      max_value: 40,
    })
    expect(success).toBe(false)
    expect(result).toEqual({
      element_count: 5,
      missing_count: 1,
      missing_percent: 20,
      unexpected_count: 2,
      unexpected_percent: 50,
      unexpected_percent_total: 40,
      partial_unexpected_list: [10, 50],
      partial_unexpected_index_list: [0, 4],
    })
  })

  it('is met from the share on that “mostly” says, missing values aside', async () => {
    const between = { column: 'visitors', min_value: 20, max_value: 40 }
    expect(await check('expect_column_values_to_be_between', { ...between, mostly: 0.5 })).toMatchObject({
      success: true,
    })
    expect(await check('expect_column_values_to_be_between', { ...between, mostly: 0.51 })).toMatchObject({
      success: false,
    })
  })

  it('takes missing values themselves for unexpected where they are meant', async () => {
    const { result } = await check('expect_column_values_to_not_be_null', { column: 'sales' })
    expect(result).toMatchObject({
      element_count: 5,
      missing_count: 0,
      unexpected_count: 1,
      unexpected_percent: 20,
    })
  })

  it.each([
    ['expect_column_values_to_be_unique', { column: 'shop' }, ['Jena', 'Jena']],
    ['expect_column_values_to_be_in_set', { column: 'shop', value_set: ['Jena', 'Ulm'] }, ['Gera']],
    ['expect_column_values_to_be_in_set', { column: 'visitors', value_set: [10, 30, '40'] }, [50]],
    ['expect_column_values_to_be_in_set', { column: 'open', value_set: [true] }, [false]],
    ['expect_column_values_to_not_be_in_set', { column: 'day', value_set: ['2026-01-02'] }, ['2026-01-02']],
    ['expect_column_values_to_match_regex', { column: 'shop', regex: 'a$' }, ['Ulm']],
    ['expect_column_values_to_not_match_regex', { column: 'shop', regex: '^J' }, ['Jena', 'Jena']],
    ['expect_column_value_lengths_to_be_between', { column: 'shop', min_value: 4 }, ['Ulm']],
    ['expect_column_values_to_be_between', { column: 'day', max_value: '2026-01-04' }, ['2026-01-05']],
    ['expect_column_values_to_be_between', { column: 'visitors', min_value: 10, strict_min: true }, [10]],
    [
      'expect_column_pair_values_a_to_be_greater_than_b',
      { column_A: 'sales', column_B: 'visitors' },
      [
        { sales: 1.5, visitors: 10 },
        { sales: 2.5, visitors: null },
        { sales: null, visitors: 30 },
        { sales: 3.5, visitors: 40 },
        { sales: -2, visitors: 50 },
      ],
    ],
    ['expect_compound_columns_to_be_unique', { column_list: ['shop', 'open'] }, []],
  ])('%s finds what is unexpected', async (name, kwargs, unexpected) => {
    const { result } = await check(name, kwargs)
    expect(result['partial_unexpected_list']).toEqual(unexpected)
  })
})

describe('an expectation about a column', () => {
  it.each([
    ['expect_column_mean_to_be_between', 'visitors', 32.5],
    ['expect_column_min_to_be_between', 'sales', -2],
    ['expect_column_max_to_be_between', 'sales', 3.5],
    ['expect_column_median_to_be_between', 'visitors', 35],
    // ((22.5² + 2.5² + 7.5² + 17.5²) / 3)^½, the standard deviation of a sample, as in pandas
    ['expect_column_stdev_to_be_between', 'visitors', Math.sqrt(875 / 3)],
    ['expect_column_sum_to_be_between', 'visitors', 130],
    ['expect_column_unique_value_count_to_be_between', 'shop', 3],
    ['expect_column_proportion_of_unique_values_to_be_between', 'shop', 0.75],
  ])('%s observes it without missing values', async (name, column, observed) => {
    const { result } = await check(name, { column })
    expect(result['observed_value']).toBeCloseTo(observed, 12)
    expect(await check(name, { column, min_value: observed + 0.001 })).toMatchObject({ success: false })
    expect(await check(name, { column, max_value: observed + 0.001 })).toMatchObject({ success: true })
  })

  it('holds each quantile against its own range', async () => {
    const quantile_ranges = {
      quantiles: [0, 0.5, 1],
      value_ranges: [
        [10, 10],
        [null, 29],
        [50, null],
      ],
    }
    const outcome = await check('expect_column_quantile_values_to_be_between', {
      column: 'visitors',
      quantile_ranges,
    })
    expect(outcome).toMatchObject({
      success: false,
      result: {
        observed_value: { quantiles: [0, 0.5, 1], values: [10, 30, 50] },
        details: { success_details: [true, false, true] },
      },
    })
  })

  it('knows its type', async () => {
    expect(await check('expect_column_values_to_be_of_type', { column: 'day', type_: 'date' })).toMatchObject(
      {
        success: true,
        result: { observed_value: 'date' },
      },
    )
  })
})

describe('an expectation about a table', () => {
  it('counts its rows', async () => {
    expect(await check('expect_table_row_count_to_be_between', { min_value: 5, max_value: 5 })).toMatchObject(
      {
        success: true,
        result: { observed_value: 5 },
      },
    )
  })

  it('says which columns are missing, and which nobody expected', async () => {
    const column_set = ['shop', 'day', 'visitors', 'sales', 'town']
    expect(await check('expect_table_columns_to_match_set', { column_set })).toMatchObject({
      success: false,
      result: { details: { mismatched: { missing: ['town'], unexpected: ['open'] } } },
    })
    expect(
      await check('expect_table_columns_to_match_set', {
        column_set: column_set.slice(0, 4),
        exact_match: false,
      }),
    ).toMatchObject({ success: true })
  })
})

describe('the severity of an expectation', () => {
  it('lets the run go on with a warning', async () => {
    await check('expect_table_row_count_to_be_between', { min_value: 6 })
    expect(context.logs.at(-1)).toEqual({
      level: 'warning',
      message: 'An expectation is not met: {phrase}',
      values: { phrase: 'expect table row count to be between' },
    })
  })
})
