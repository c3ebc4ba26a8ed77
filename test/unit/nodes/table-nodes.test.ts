import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import { sha256OfFile } from '../../../src/files/sha256.ts'
import type { ExampleTable } from '../../../src/node-kit/define-node.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { parseValue } from '../../../src/tables/parse-value.ts'
import { readSplit } from '../../../src/tables/start-rows.ts'
import { append } from '../../../nodes/features/append/definition.ts'
import { run as appendTables } from '../../../nodes/features/append/run.ts'
import { cast } from '../../../nodes/features/cast/definition.ts'
import { run as castTypes } from '../../../nodes/features/cast/run.ts'
import { derive } from '../../../nodes/features/derive/definition.ts'
import { run as deriveColumns } from '../../../nodes/features/derive/run.ts'
import { encode } from '../../../nodes/features/encode/definition.ts'
import { run as encodeColumns } from '../../../nodes/features/encode/run.ts'
import { split } from '../../../nodes/features/split/definition.ts'
import { run as splitTable } from '../../../nodes/features/split/run.ts'
import { writeFile } from '../../../nodes/serving/write-file/definition.ts'
import { run as writeTable } from '../../../nodes/serving/write-file/run.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext({ feeds: { tables: ['first', 'second'] } })
})
afterEach(() => context.dispose())

const tableOf = (csv: string, rest: Omit<ExampleTable, 'csv'> = {}) => exampleTable(context, { csv, ...rest })

/** Values by column, as a model sees them. */
async function valuesOf(table: TableData): Promise<Record<string, (number | string)[]>> {
  const names = table.columns.map(({ name }) => name)
  const values: Record<string, (number | string)[]> = Object.fromEntries(names.map((name) => [name, []]))
  for await (const chunk of readColumns(context, table, { columns: names, rows: 'all' })) {
    for (const name of names) values[name]!.push(...chunk.columns[name]!)
  }
  return values
}

async function withDerived(
  table: Artifact<'table'>,
  name: string,
  expression: string,
): Promise<Artifact<'table'>> {
  return (await deriveColumns({ table }, derive.params.parse({ columns: [{ name, expression }] }), context))
    .table
}

describe('append', () => {
  const first = 'shop,sales\nJena,12\nGera,9\n'
  const second = 'sales,visitors,shop\n1.5,310,Ulm\n'

  it('puts rows under one another in the order of the connections, and says where each came from', async () => {
    const tables = [await tableOf(first), await tableOf(second)]
    const params = append.params.parse({ columns: 'all', sourceColumn: 'source', labels: ['2025'] })
    const { table } = await appendTables({ tables }, params, context)
    expect(await valuesOf(table.data)).toEqual({
      shop: ['Jena', 'Gera', 'Ulm'],
      sales: [12, 9, 1.5],
      visitors: [Number.NaN, Number.NaN, 310],
      source: ['2025', '2025', 'second'],
    })
  })

  it('keeps the reader rule of the first table, and starts computed columns anew', async () => {
    const tables = [
      await withDerived(await tableOf(first), 'double', 'sales * 2'),
      await withDerived(await tableOf(second), 'double', 'sales * 2'),
    ]
    const { table } = await appendTables({ tables }, append.params.parse({ columns: 'shared' }), context)
    expect((await valuesOf(table.data))['double']).toEqual([24, 18, 3])
    const [shop, , double] = table.data.startColumns
    expect([shop?.source, shop?.rule?.nullValues]).toEqual(['source', ['']])
    expect(double).toEqual({ name: 'double', type: 'number', source: 'node' })
    expect(table.data.recipe).toEqual([])
  })

  it('puts the splits under one another too', async () => {
    const tables = [
      await tableOf(first, { split: ['train', 'test'] }),
      await tableOf(first, { split: ['validation', 'train'] }),
    ]
    const { table } = await appendTables({ tables }, append.params.parse({}), context)
    expect([...(await readSplit(context, table.data))!]).toEqual([0, 2, 1, 0])
  })
})

describe('split', () => {
  it('takes validation rows out of the train rows where a column says the part', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => `${index},${index < 30 ? 'old' : 'new'}`)
    const table = await tableOf(`id,age\n${rows.join('\n')}\n`)
    const params = split.params.parse({
      method: 'column',
      by: 'age',
      validation: 0.2,
      values: { train: ['old'], test: ['new'] },
    })
    const { table: parted } = await splitTable({ table }, params, context)
    expect(parted.data.split?.counts).toEqual({ train: 24, validation: 6, test: 10 })
    expect([...(await readSplit(context, parted.data))!].slice(30)).toEqual(
      Array.from({ length: 10 }, () => 2),
    )
  })

  it('understands values of booleans and dates', async () => {
    const table = await tableOf('kept,day\ntrue,2026-01-01\nfalse,2026-01-02\n')
    const parts = async (by: string, values: object) => {
      const params = split.params.parse({ method: 'column', by, validation: 0, values })
      return [...(await readSplit(context, (await splitTable({ table }, params, context)).table.data))!]
    }
    expect(await parts('kept', { train: ['true'], test: ['false'] })).toEqual([0, 2])
    expect(await parts('day', { train: ['2026-01-02'], test: ['2026-01-01'] })).toEqual([2, 0])
  })

  it('gives another split for another seed offset, and the same for the same', async () => {
    const table = await tableOf(`id\n${Array.from({ length: 50 }, (_, index) => index).join('\n')}\n`)
    const parts = async (seedOffset: number) => {
      const { table: parted } = await splitTable({ table }, split.params.parse({ seedOffset }), context)
      return parted.data.split?.artifact
    }
    expect(await parts(0)).toBe(await parts(0))
    expect(await parts(1)).not.toBe(await parts(0))
  })
})

describe('cast', () => {
  it('reads texts again, and makes requests be read so too', async () => {
    const table = await tableOf('article,size\nA,12\nB,large\nC,\nD,7.5\n')
    const params = cast.params.parse({ types: { size: 'number' }, unreadable: 'null' })
    const { table: read } = await castTypes({ table }, params, context)
    expect((await valuesOf(read.data))['size']).toEqual([12, Number.NaN, Number.NaN, 7.5])
    const { type, rule } = read.data.startColumns[1]!
    expect(parseValue('large', { type, rule: rule! })).toEqual({ value: null })
    expect(parseValue(' 8 ', { type, rule: rule! })).toEqual({ value: 8 })
  })

  it('leaves the rows alone where the model itself converts', async () => {
    const table = await tableOf('size\n1.5\n2.5\n')
    const { table: made } = await castTypes(
      { table },
      cast.params.parse({ types: { size: 'integer' } }),
      context,
    )
    expect(made.data.rows).toEqual(table.data.rows)
    expect((await valuesOf(made.data))['size']).toEqual([2, 2])
  })
})

describe('write file', () => {
  const csv = 'shop,day,open,sales\nJena,2026-03-01,true,12.5\n"Gera, Ost",,false,\n'

  async function written(
    params: Readonly<Record<string, unknown>>,
    table?: Artifact<'table'>,
  ): Promise<string> {
    await writeTable({ table: table ?? (await tableOf(csv)) }, writeFile.params.parse(params), context)
    return readFileSync(context.resolvePath(params['path'] as string), 'utf8')
  }

  it('writes CSV with quotes where they are needed', async () => {
    expect(await written({ path: 'out/shops.csv', nullValue: '-' })).toBe(
      'shop,day,open,sales\nJena,2026-03-01,true,12.5\n"Gera, Ost",-,false,-\n',
    )
    expect(await written({ path: 'shops.tsv', columns: ['sales', 'shop'] })).toBe(
      'sales\tshop\n12.5\tJena\n\tGera, Ost\n',
    )
  })

  it('writes JSON, as a list or a line a row', async () => {
    const rows = [
      { shop: 'Jena', day: '2026-03-01', open: true, sales: 12.5 },
      { shop: 'Gera, Ost', day: null, open: false, sales: null },
    ]
    expect(JSON.parse(await written({ path: 'shops.json' }))).toEqual(rows)
    const lines = (await written({ path: 'shops.jsonl' })).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows)
  })

  it('writes one column for each element of an encoded one, for the rows of a part', async () => {
    const table = await tableOf('id,plan\n1,a\n2,b\n3,b\n', { split: ['train', 'train', 'test'] })
    const { table: encoded } = await encodeColumns(
      { table },
      encode.params.parse({ columns: ['plan'] }),
      context,
    )
    const text = await written({ path: 'codes.csv', rows: 'test' }, encoded)
    expect(text).toBe('id,plan=a,plan=b\n3,0.0,1.0\n')
  })

  it('tells what it wrote, so that a change is noticed', async () => {
    await written({ path: 'shops.parquet' })
    const path = context.resolvePath('shops.parquet')
    expect(context.effects).toEqual([{ kind: 'file', path, ...(await sha256OfFile(path)) }])
  })
})

describe('encode', () => {
  const people = Array.from(
    { length: 40 },
    (_, index) => `Person ${index},${index % 3 === 0 ? 'Jena' : 'Ulm'}`,
  )
  const warningsOf = async (params: object) => {
    const table = await tableOf(`name,town\n${people.join('\n')}\n`)
    await encodeColumns({ table }, encode.params.parse(params), context)
    return context.logs.map(({ level, values }) => [level, values])
  }

  it('warns of a column with nearly as many categories as rows', async () => {
    expect(await warningsOf({})).toEqual([['warning', { column: 'name', count: 40, rows: 40 }]])
  })

  it('says nothing of categories that come again, and of hashes', async () => {
    expect(await warningsOf({ columns: ['town'] })).toEqual([])
    expect(await warningsOf({ columns: ['name'], method: 'hashing' })).toEqual([])
  })
})
