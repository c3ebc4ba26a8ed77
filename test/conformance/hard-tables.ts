import type { Artifact, TableData } from '../../src/core/artifacts.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { openDuckDb } from '../../src/tables/open-duckdb.ts'
import { quoteName } from '../../src/tables/quote.ts'
import { rowsFolder, rowsRelation } from '../../src/tables/rows-relation.ts'
import { readSplit } from '../../src/tables/start-rows.ts'
import { writeSplit } from '../../src/tables/write-split.ts'
import { writeRows, writeTableArtifact } from '../../src/tables/write-table.ts'
import type { ExampleTable, NodeExample } from '../../src/node-kit/define-node.ts'
import type { TableChange } from './node-bench.ts'

/** The first rows of a table, with their parts. */
export function firstRows(count: number): TableChange {
  return (table, context) =>
    changedRows(table.data, context, (rows) => `SELECT * FROM ${rows} LIMIT ${count}`)
}

/** Takes the values away from the column at an index, which goes round, in every row. */
function withoutValues(index: number): TableChange {
  return (table, context) => {
    const { name } = table.data.startColumns[index % table.data.startColumns.length]!
    return changedRows(
      table.data,
      context,
      (rows) => `SELECT * REPLACE (NULL AS ${quoteName(name)}) FROM ${rows}`,
    )
  }
}

const withoutValuesByIndex = [0, 1, 2, 3, 4, 5].map(withoutValues)

/** Takes the values away from one column of each table of an example after the other. */
export function columnsWithoutValues(example: NodeExample): TableChange[] {
  const widths = tablesOf(example).map((table) => columnNames(table).length)
  const columns = withoutValuesByIndex.map((_, index) => widths.map((width) => index % width).join())
  return withoutValuesByIndex.filter((_, index) => columns.indexOf(columns[index]!) === index)
}

/** Those that stand in the example itself. */
const tablesOf = ({ inputs }: NodeExample): ExampleTable[] =>
  Object.values(inputs)
    .flat()
    .filter((input) => 'csv' in input)

const columnNames = ({ csv }: ExampleTable): string[] => csv.split('\n', 1)[0]!.split(',')

async function changedRows(
  table: TableData,
  context: RunContext,
  query: (rows: string) => string,
): Promise<Artifact<'table'>> {
  const database = await openDuckDb(context, { folders: [rowsFolder(context, table)] })
  const { startColumns } = table
  const from = query(rowsRelation(context, table))
  const rows = await writeRows(context, { database, from, startColumns })
  database.close()
  const changed = { ...table, rows: { artifact: rows.hash, count: rows.data.count }, split: null }
  const parts = await readSplit(context, table)
  if (!parts) return writeTableArtifact(context, changed)
  return writeTableArtifact(context, await writeSplit(context, changed, parts.slice(0, rows.data.count)))
}

/** A name of 200 characters that breaks what is quoted carelessly: quotes, dots, brackets and an emoji. */
export function oddName(name: string): string {
  return `"${name}".[0] 'x' \\ 😀 ${'ü'.repeat(200)}`.slice(0, 200)
}

/** The example with odd column names, in its tables and in its parameters. */
export function withOddNames(example: NodeExample): NodeExample {
  const names = new Set(tablesOf(example).flatMap(columnNames))
  const inputs = Object.entries(example.inputs).map(([port, input]) => {
    const renamed = [input].flat().map((each) => ('csv' in each ? withOddHeader(each) : each))
    return [port, Array.isArray(input) ? renamed : renamed[0]!]
  })
  return {
    ...example,
    params: renamedIn(example.params, names) as NodeExample['params'],
    inputs: Object.fromEntries(inputs) as NodeExample['inputs'],
  }
}

function withOddHeader(table: ExampleTable): ExampleTable {
  const [header = '', ...lines] = table.csv.split('\n')
  const names = header.split(',').map((name) => `"${oddName(name).replaceAll('"', '""')}"`)
  const roles = Object.entries(table.roles ?? {}).map(([name, role]) => [oddName(name), role])
  return {
    ...table,
    csv: [names.join(','), ...lines].join('\n'),
    roles: Object.fromEntries(roles) as Record<string, string>,
  }
}

function renamedIn(value: unknown, names: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return names.has(value) ? oddName(value) : renamedInExpression(value, names)
  if (Array.isArray(value)) return value.map((each) => renamedIn(each, names))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      names.has(key) ? oddName(key) : key,
      renamedIn(field, names),
    ]),
  )
}

/** Column names stand alone in a parameter, except in an expression, where operators stand between them. */
function renamedInExpression(text: string, names: ReadonlySet<string>): string {
  if (!/[*><+(]/.test(text)) return text
  return text.replace(/[a-z]+/g, (word) =>
    names.has(word) ? `"${oddName(word).replaceAll('"', '""')}"` : word,
  )
}
