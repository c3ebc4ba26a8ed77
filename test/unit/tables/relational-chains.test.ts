import { array, assert, asyncProperty, constantFrom, nat, record, tuple } from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { newTable } from '../../../src/tables/new-table.ts'
import { openDuckDb, type DuckDb } from '../../../src/tables/open-duckdb.ts'
import { quoteName } from '../../../src/tables/quote.ts'
import { readSplit } from '../../../src/tables/start-rows.ts'
import { storedType } from '../../../src/tables/stored-type.ts'
import { writeSplit } from '../../../src/tables/write-split.ts'
import { writeRows, writeTableArtifact } from '../../../src/tables/write-table.ts'
import { nodeDefinitions } from '../../../nodes/definitions.ts'
import { nodeRunners } from '../../../nodes/runners.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import * as closing from './relational-closing-steps.ts'
import * as picking from './relational-picking-steps.ts'
import type { ChainStep, MakeStep, NamedColumn } from './relational-step.ts'

let context: TestContext
let database: DuckDb
beforeEach(async () => {
  context = await createTestContext()
  database = await openDuckDb(context)
})
afterEach(async () => {
  database.close()
  await context.dispose()
})

const { lookupColumns, ...closingSteps } = closing
const stepMakers: readonly MakeStep[] = Object.values({ ...picking, ...closingSteps })

type Value = number | string | boolean | null
type Row = readonly Value[]

const inputColumns: readonly NamedColumn[] = [
  { name: 'id', type: 'integer' },
  { name: 'a', type: 'integer' },
  { name: 'b.c', type: 'number' },
  { name: 'the "text"', type: 'text' },
  { name: 'yes', type: 'boolean' },
]

/** Halves are exact, so sums do not depend on their order. */
const rowsOfInput = array(
  tuple(
    constantFrom(null, 0, 1, 2, 3),
    constantFrom(null, -1, 0.5, 2, 3.5),
    constantFrom(null, 'x', 'y', 'ü😀'),
    constantFrom(null, true, false),
  ),
  { maxLength: 24 },
)
const rowsOfLookup = array(tuple(constantFrom(null, 0, 1, 2, 7), constantFrom('p', 'q')), {
  maxLength: 5,
})
const chain = array(
  record({
    kind: nat(stepMakers.length - 1),
    choices: array(nat(59), { minLength: 3, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 5 },
)

/** The steps that can follow one another; those that close the split are left out where it is to stay. */
function stepsOf(
  asked: readonly { kind: number; choices: readonly number[] }[],
  staysSplit: boolean,
): ChainStep[] {
  const steps: ChainStep[] = []
  let columns = inputColumns
  for (const { kind, choices } of asked) {
    const step = stepMakers[kind]!(columns, choices)
    if (!step || (staysSplit && (!step.isSplitKept || takesId(step)))) continue
    steps.push(step)
    ;({ columns } = step)
  }
  return steps
}

const takesId = ({ columns }: ChainStep): boolean => !columns.some(({ name }) => name === 'id')

async function storedTable(name: string, columns: readonly NamedColumn[], rows: readonly Row[]) {
  const definitions = columns.map((column) => `${quoteName(column.name)} ${storedType(column.type)}`)
  await database.run(`CREATE OR REPLACE TABLE ${name} (n BIGINT, ${definitions.join(', ')})`)
  for (const [index, row] of rows.entries()) {
    const places = [index, ...row].map((_, place) => `$${place + 1}`).join(', ')
    await database.run(`INSERT INTO ${name} VALUES (${places})`, [index, ...row])
  }
  const startColumns = columns.map((column) => ({ ...column, source: 'source' }))
  const from = `SELECT * EXCLUDE (n) FROM ${name} ORDER BY n`
  return newTable(await writeRows(context, { database, from, startColumns }), startColumns)
}

function inputsOf({ node }: ChainStep, table: Artifact<'table'>, lookup: Artifact<'table'>) {
  if (node === 'features.join') return { left: table, right: lookup }
  return node === 'features.sql' ? { tables: [table] } : { table }
}

async function runStep(step: ChainStep, table: Artifact<'table'>, lookup: Artifact<'table'>) {
  const definition = nodeDefinitions.find(({ id }) => id === step.node)!
  const runner = await nodeRunners[step.node]!()
  const inputs = inputsOf(step, table, lookup)
  const params: unknown = (definition.params as { parse(params: unknown): unknown }).parse(step.params)
  return (await runner.run(inputs, params, context))['table'] as Artifact<'table'>
}

const namesOf = (table: TableData): string[] => table.columns.map(({ name }) => name)

async function rowsOfTable(table: TableData): Promise<Value[][]> {
  const names = namesOf(table)
  const rows: Value[][] = []
  for await (const chunk of readColumns(context, table, { columns: names, rows: 'all' })) {
    for (let row = 0; row < chunk.rows; row++) rows.push(names.map((name) => chunk.columns[name]![row]!))
  }
  return rows
}

/** As a model sees values: NaN and the empty text for null, 0 and 1 for a boolean. */
async function rowsOfSql(table: string, columns: readonly NamedColumn[]): Promise<Value[][]> {
  const rows = await database.rows<Record<string, Value | bigint>>(
    `SELECT ${columns.map(({ name }, index) => `${quoteName(name)} AS c${index}`).join(', ')} FROM ${table} ORDER BY n`,
  )
  return rows.map((row) =>
    columns.map(({ type }, index) => {
      const value = row[`c${index}`]!
      if (type === 'text') return value === null ? '' : String(value)
      return value === null ? Number.NaN : Number(value)
    }),
  )
}

async function expectChainToEqualSql(
  steps: readonly ChainStep[],
  input: readonly Row[],
  lookup: readonly Row[],
  isSplit: boolean,
) {
  const rows = input.map((row, index) => [index, ...row])
  const plain = await storedTable('input', inputColumns, rows)
  const right = await writeTableArtifact(context, await storedTable('lookup', lookupColumns, lookup))
  const parts = Uint8Array.from(rows, (_, index) => index % 3)
  let table = await writeTableArtifact(context, isSplit ? await writeSplit(context, plain, parts) : plain)
  let from = 'input'
  for (const [index, step] of steps.entries()) {
    await database.run(`CREATE OR REPLACE TABLE step${index} AS ${step.sql(from)}`)
    from = `step${index}`
    table = await runStep(step, table, right)
  }
  const columns = steps.at(-1)?.columns ?? inputColumns
  const expected = await rowsOfSql(from, columns)
  expect({ names: namesOf(table.data), rows: await rowsOfTable(table.data) }).toEqual({
    names: columns.map(({ name }) => name),
    rows: expected,
  })
  if (!isSplit) return
  const id = columns.findIndex(({ name }) => name === 'id')
  expect([...(await readSplit(context, table.data))!]).toEqual(expected.map((row) => Number(row[id]) % 3))
}

describe('a chain of row-picking and relational nodes', () => {
  it('gives what the same chain in plain SQL over the input gives', async () => {
    expect.hasAssertions()
    await assert(
      asyncProperty(chain, rowsOfInput, rowsOfLookup, (asked, input, lookup) =>
        expectChainToEqualSql(stepsOf(asked, false), input, lookup, false),
      ),
      { numRuns: 60 },
    )
  }, 120_000)

  it('keeps each row in its part of the split', async () => {
    expect.hasAssertions()
    const renamed = stepMakers.findIndex(({ name }) => name === 'rename')
    const kept = chain.map((asked) => asked.filter(({ kind }) => kind !== renamed))
    await assert(
      asyncProperty(kept, rowsOfInput, rowsOfLookup, (asked, input, lookup) =>
        expectChainToEqualSql(stepsOf(asked, true), input, lookup, true),
      ),
      { numRuns: 30 },
    )
  }, 120_000)
})
