import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import type { TableShape } from '../../../src/core/columns.ts'
import { expectations } from '../../../nodes/validation/expectations/definition.ts'
import { run as checkExpectations } from '../../../nodes/validation/expectations/run.ts'
import { shapeOfTable } from '../../../src/node-kit/shape-of-artifact.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { smallTable } from '../recipe/small-table.ts'

let context: TestContext
beforeAll(async () => {
  context = await createTestContext({ failures: expectations.failures })
})
afterAll(() => context.dispose())

/** Which of the texts are not as expected. */
async function unexpected(
  texts: readonly (string | null)[],
  expectation: string,
  kwargs: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const data = await smallTable(context, { t: { type: 'text', values: texts } })
  const params = expectations.params.parse({
    expectations: [{ expectation, column: 't', ...kwargs, severity: 'warning' }],
  })
  const table = { kind: 'table' as const, hash: data.rows.artifact, data, refs: [] }
  const { report } = await checkExpectations({ table, other: undefined }, params, context)
  const { results } = report.data.content as unknown as {
    results: { result: { partial_unexpected_list: string[] } }[]
  }
  return results[0]!.result.partial_unexpected_list
}

function findingsOf(table: TableShape, params: z.output<typeof expectations.params>) {
  const { findings = [] } = expectations.propagate({
    inputs: { table, other: undefined },
    params,
    node: 'expectations',
    feeds: {},
    freeNodeId: (wish) => wish,
    probed: null,
  })
  return findings
}

describe('an expectation about how texts are written', () => {
  const cities = ['Jena', 'Gera', 'Ulm', "O'x%", null]
  it.each([
    ['expect_column_values_to_match_like_pattern', { like_pattern: '%e%a' }, ['Ulm', "O'x%"]],
    ['expect_column_values_to_not_match_like_pattern', { like_pattern: "O'__" }, ["O'x%"]],
    [
      'expect_column_values_to_match_like_pattern_list',
      { like_pattern_list: ['J%', '_lm', "O'%"] },
      ['Gera'],
    ],
    [
      'expect_column_values_to_match_like_pattern_list',
      { like_pattern_list: ['%e%', '%a'], match_on: 'all' },
      ['Ulm', "O'x%"],
    ],
    ['expect_column_values_to_not_match_like_pattern_list', { like_pattern_list: ['j%', 'U%'] }, ['Ulm']],
  ])('%s %o', async (name, kwargs, found) => {
    expect(await unexpected(cities, name, kwargs)).toEqual(found)
  })

  it('takes dates that a format describes, and no others', async () => {
    const texts = ['31.01.2024', '30.02.2024', '2024-01-31', '1.2.2024', '31.01.2024 x', null]
    const kwargs = { strftime_format: '%d.%m.%Y' }
    expect(await unexpected(texts, 'expect_column_values_to_match_strftime_format', kwargs)).toEqual([
      '30.02.2024',
      '2024-01-31',
      '31.01.2024 x',
    ])
  })

  it('takes whole dates in the usual forms, which dateutil takes as well', async () => {
    const dates = [
      '2003-09-25',
      '20030925',
      'Sep 25 2003',
      '25 Sep 2003 10:36',
      'Thu Sep 25 10:36:28 2003',
      '9/25/2003',
      '25.09.2003',
      'September 25, 2003',
      'Thu, 25 Sep 2003 10:49:41 -0300',
      '2003-09-25T10:49:41.5-03:00',
      '2003-09-25T10:49:41Z',
      '2003-09-25 10:49 PM',
    ]
    const others = ['hello', '2003-13-25', '12345678901', 'Sep 35 2003', '25.09.2003 25:00']
    const name = 'expect_column_values_to_be_dateutil_parseable'
    expect(await unexpected([...dates, ...others, null], name)).toEqual(others)
  })

  it('takes JSON', async () => {
    const good = ['{"a": [1, null]}', '{"a,]": "\\\\\\",}"}', '"x"', '1.5e3', 'true', ' [] ']
    const bad = ['{a: 1}', "{'a': 1}", '[1,]', 'nothing', '1 2']
    expect(await unexpected([...good, ...bad, null], 'expect_column_values_to_be_json_parseable')).toEqual(
      bad,
    )
  })

  it('is refused for numbers', () => {
    const table = shapeOfTable({
      columns: [{ name: 'n', type: 'number', role: 'feature', origin: 'start' }],
      split: null,
    })
    const params = expectations.params.parse({
      expectations: [{ expectation: 'expect_column_values_to_be_json_parseable', column: 'n' }],
    })
    const findings = findingsOf(table, params)
    expect(findings.map(({ code, param }) => ({ code, param }))).toEqual([
      { code: 'wrong-type', param: 'expectations.0.column' },
    ])
  })
})

describe('the number of rows', () => {
  const params = expectations.params.parse({
    expectations: [{ expectation: 'expect_table_row_count_to_equal_other_table' }],
  })

  it('is held against that of another table, which has to be there', async () => {
    const table = await exampleTable(context, { csv: 'a\n1\n2\n' })
    const same = await exampleTable(context, { csv: 'b\nx\ny\n' })
    const other = await exampleTable(context, { csv: 'b\nx\n' })
    const { report } = await checkExpectations({ table, other: same }, params, context)
    expect(report.data.content).toMatchObject({ success: true })
    await expect(checkExpectations({ table, other }, params, context)).rejects.toThrow(
      /^1 of 1 expectations are not met: expect table row count to equal other table/,
    )
    const findings = findingsOf(shapeOfTable(table.data), params)
    expect(findings.map(({ code }) => code)).toEqual(['no-table'])
  })
})
