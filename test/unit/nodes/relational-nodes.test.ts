import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import type { ErrorEntry } from '../../../src/core/errors.ts'
import type { Shape, TableShape } from '../../../src/core/columns.ts'
import type { AnyNodeDefinition, ExampleTable } from '../../../src/node-kit/define-node.ts'
import { shapeOfArtifact } from '../../../src/node-kit/shape-of-artifact.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { traceRecipe } from '../../../src/recipe/trace-recipe.ts'
import { readSplit } from '../../../src/tables/start-rows.ts'
import { nodeDefinitions } from '../../../nodes/definitions.ts'
import { nodeRunners } from '../../../nodes/runners.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
afterEach(() => context.dispose())
beforeEach(async () => {
  context = await createTestContext()
})

const tableOf = (csv: string, rest: Omit<ExampleTable, 'csv'> = {}) => exampleTable(context, { csv, ...rest })

const definitionOf = (id: string): AnyNodeDefinition => nodeDefinitions.find((each) => each.id === id)!

async function run(
  id: string,
  params: object,
  inputs: Readonly<Record<string, Artifact | readonly Artifact[]>>,
): Promise<Record<string, Artifact<'table'>>> {
  const definition = definitionOf(id)
  const failures = definition.failures as Readonly<Record<string, ErrorEntry>>
  const runner = await nodeRunners[id]!()
  const node = await createTestContext({ failures })
  const parsed: unknown = (definition.params as { parse(params: unknown): unknown }).parse(params)
  const outputs = await runner.run(inputs, parsed, { ...context, fail: (...told) => node.fail(...told) })
  await node.dispose()
  return outputs as Record<string, Artifact<'table'>>
}

const messagesOf = (id: string, params: object, inputs: Readonly<Record<string, Shape>>): string[] => {
  const definition = definitionOf(id)
  const parsed: unknown = (definition.params as { parse(params: unknown): unknown }).parse(params)
  const { findings = [] } = definition.propagate({
    inputs,
    params: parsed,
    node: 'node',
    feeds: {},
    freeNodeId: (wish) => wish,
    probed: null,
  })
  return findings.map(({ code }) => code)
}

/** Values by column, as a model sees them. */
async function valuesOf(table: TableData): Promise<Record<string, (number | string)[]>> {
  const names = table.columns.map(({ name }) => name)
  const values: Record<string, (number | string)[]> = Object.fromEntries(names.map((name) => [name, []]))
  for await (const chunk of readColumns(context, table, { columns: names, rows: 'all' }))
    for (const name of names) values[name]!.push(...chunk.columns[name]!)
  return values
}

const partsOf = async (table: Artifact<'table'>) => [...(await readSplit(context, table.data))!]

describe('rename', () => {
  it('keeps the column that a model asks for under the name that the source gave it', async () => {
    const table = await tableOf('a,b\n1,x\n2,y\n', { roles: { b: 'target' } })
    const { table: renamed } = await run('features.rename', { names: { a: 'size', b: 'kind' } }, { table })
    expect(await valuesOf(renamed!.data)).toEqual({ size: [1, 2], kind: ['x', 'y'] })
    expect(renamed!.data.rows).toEqual(table.data.rows)
    const { from } = traceRecipe(renamed!.data).after.get('size')!
    expect(from.map(({ column }) => [column.name, column.origin])).toEqual([['a', 'start']])
  })
})

describe('filter', () => {
  it('keeps what was learned, and each row in its part', async () => {
    const table = await tableOf('a\n1\n\n3\n5\n', { split: ['train', 'test', 'train', 'test'] })
    const { table: imputed } = await run('features.impute', { columns: ['a'] }, { table })
    const { table: kept } = await run('features.filter', { condition: 'a > 1.5' }, { table: imputed! })
    expect(await valuesOf(kept!.data)).toEqual({ a: [2, 3, 5] })
    expect(kept!.data.recipe).toEqual(imputed!.data.recipe)
    expect(await partsOf(kept!)).toEqual([2, 0, 2])
  })
})

describe('sample', () => {
  const rows = Array.from({ length: 100 }, (_, row) => `${row},${row % 10 === 0 ? 'rare' : 'common'}`)
  const csv = `id,kind\n${rows.join('\n')}\n`

  it('keeps class shares to the row, draws the same rows again and others for another offset', async () => {
    const table = await tableOf(csv)
    const drawn = async (seedOffset: number) => {
      const params = { share: 0.3, stratifyBy: 'kind', seedOffset }
      return valuesOf((await run('features.sample', params, { table }))['table']!.data)
    }
    const first = await drawn(0)
    expect(first['kind']!.filter((kind) => kind === 'rare')).toHaveLength(3)
    expect(first['id']).toHaveLength(30)
    expect(first['id']).toEqual(first['id']!.toSorted((a, b) => Number(a) - Number(b)))
    expect(await drawn(0)).toEqual(first)
    expect(await drawn(1)).not.toEqual(first)
  })
})

describe('join', () => {
  const left = 'key,size\n1,10\n1,11\n2,12\n,13\n'
  const right = 'key,size,town\n1,a,Jena\n1,b,Gera\n3,c,Ulm\n'

  it('gives rows without a match to outputs of their own, and warns of keys that repeat on both sides', async () => {
    const inputs = { left: await tableOf(left), right: await tableOf(right) }
    const outputs = await run('features.join', { kind: 'inner', keys: [{ left: 'key' }] }, inputs)
    expect(await valuesOf(outputs['table']!.data)).toEqual({
      key: [1, 1, 1, 1],
      size: [10, 10, 11, 11],
      size_right: ['a', 'b', 'a', 'b'],
      town: ['Jena', 'Gera', 'Jena', 'Gera'],
    })
    expect((await valuesOf(outputs['unmatchedLeft']!.data))['size']).toEqual([12, 13])
    expect((await valuesOf(outputs['unmatchedRight']!.data))['town']).toEqual(['Ulm'])
    expect(context.logs).toMatchObject([{ level: 'warning', values: { keys: 1, made: 4, rows: 4 } }])
  })

  it('keeps the reader rule and the source of columns, and the split of the left table', async () => {
    const parts = ['train', 'test', 'validation', 'train'] as const
    const inputs = { left: await tableOf(left, { split: parts }), right: await tableOf(right) }
    const { table } = await run('features.join', { keys: [{ left: 'key' }] }, inputs)
    expect(await partsOf(table!)).toEqual([0, 0, 2, 2, 1, 0])
    expect(table!.data.startColumns.map(({ name, source, rule }) => [name, source, rule?.trim])).toEqual([
      ['key', 'source', true],
      ['size', 'source', true],
      ['size_right', 'source', true],
      ['town', 'source', true],
    ])
  })

  it('says before a run which splits cannot be kept', async () => {
    const plain = shapeOfArtifact(await tableOf(left)) as TableShape
    const by = (splitBy: string): TableShape => ({ ...plain, split: ['train', 'test'], splitBy })
    const codes = (kind: string, a: Shape, b: Shape) =>
      messagesOf('features.join', { kind, keys: [{ left: 'key' }] }, { left: a, right: b })
    expect(codes('left', by('one'), plain)).toEqual([])
    expect(codes('full', by('one'), plain)).toEqual(['mixed-split'])
    expect(codes('left', plain, by('one'))).toEqual(['mixed-split'])
    expect(codes('left', by('one'), by('two'))).toEqual(['mixed-split'])
    expect(codes('left', by('one'), by('one'))).toEqual([])
    expect(codes('semi', plain, by('one'))).toEqual([])
  })
})

describe('window', () => {
  it('ends at the row, in the order that is asked for, with rows in the order of the table', async () => {
    const table = await tableOf('shop,day,sales\nA,2,20\nB,1,5\nA,1,10\nA,3,\nA,4,1\n')
    const params = {
      partitionBy: ['shop'],
      orderBy: [{ column: 'day' }],
      columns: [
        { function: 'sum', column: 'sales', name: 'so far' },
        { function: 'mean', column: 'sales', rows: 2, name: 'moving' },
        { function: 'lag', column: 'sales', name: 'before' },
        { function: 'lead', column: 'sales', rows: 2, name: 'later' },
        { function: 'row-number', name: 'n' },
        { function: 'count', column: 'sales', rows: 2, name: 'there' },
      ],
    }
    const { table: wide } = await run('features.window', params, { table })
    const values = await valuesOf(wide!.data)
    expect(values).toMatchObject({
      day: [2, 1, 1, 3, 4],
      'so far': [30, 5, 10, 30, 31],
      moving: [15, 5, 10, 20, 1],
      before: [10, Number.NaN, Number.NaN, 20, Number.NaN],
      later: [1, Number.NaN, Number.NaN, Number.NaN, Number.NaN],
      n: [2, 1, 1, 3, 4],
      there: [2, 1, 1, 1, 1],
    })
  })
})

describe('pivot', () => {
  it('makes a column of each value, empty where a group has none', async () => {
    const table = await tableOf('shop,year,sales\nA,2026,1\nB,2025,2\nA,2025,4\nA,2026,8\nC,,16\n')
    const params = { by: ['shop'], namesFrom: 'year', function: 'sum', values: 'sales' }
    const { table: wide } = await run('features.pivot', params, { table })
    expect(await valuesOf(wide!.data)).toEqual({
      shop: ['A', 'B', 'C'],
      2025: [4, 2, Number.NaN],
      2026: [9, Number.NaN, Number.NaN],
    })
  })
})

describe('a query in SQL', () => {
  const csv = 'shop,sales\nA,1\nB,2\nC,3\n'
  const query = async (text: string, rest: Omit<ExampleTable, 'csv'> = {}) => {
    const outputs = await run('features.sql', { query: text }, { tables: [await tableOf(csv, rest)] })
    return outputs['table']!
  }

  it('keeps each row in its part while the hidden column is there, and says when it is not', async () => {
    const split = ['train', 'validation', 'test'] as const
    const sorted = await query('SELECT * FROM input WHERE sales <> 2 ORDER BY sales DESC', { split })
    expect(await valuesOf(sorted.data)).toEqual({ shop: ['C', 'A'], sales: [3, 1] })
    expect(await partsOf(sorted)).toEqual([2, 0])
    expect(context.logs).toEqual([])
    expect((await query('SELECT sum(sales) AS total FROM input', { split })).data.split).toBeNull()
    expect(context.logs).toMatchObject([{ level: 'warning' }])
  })

  it.each([
    [`SELECT * FROM read_csv('/etc/passwd')`, /disabled|Permission/],
    [`SELECT * FROM read_text('/etc/hosts')`, /disabled|Permission/],
    [`SELECT * FROM 'https://example.org/a.csv'`, /disabled|Permission|extension/i],
    [`SET enable_external_access = true`, /not one SELECT/],
    [`COPY input TO 'stolen.csv'`, /disabled/],
    [`ATTACH 'other.db'`, /not one SELECT/],
    [`INSTALL httpfs`, /not one SELECT/],
    [`SELECT 1; DROP VIEW input`, /not one SELECT/],
    [`SELECT 1) AS a, (SELECT 2`, /syntax error/],
  ])('refuses %s', async (text, says) => {
    await expect(query(text)).rejects.toThrow(says)
  })

  it('says of a value that fails on the way what fails', async () => {
    await expect(query(`SELECT shop::INTEGER AS number FROM input`)).rejects.toThrow(
      /^The query does not work: Could not convert string 'A'/,
    )
  })
})
