import { z } from 'zod'
import { unknownTable, type TableShape } from '../../../src/core/columns.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'
import { encodedColumns, withTakenName } from '../column-names.ts'
import { rowColumn, tableNames } from './table-names.ts'

const params = z.strictObject({
  query: z.string().min(1).meta({
    title: 'Query',
    description:
      'One SELECT in the SQL of DuckDB. The tables are called input, input2 and so on, unless they are named here.',
    widget: 'text-area',
  }),
  names: z.array(z.string().min(1)).default([]).meta({
    title: 'Table names',
    description: 'What the tables are called in the query, in the order of the connections.',
  }),
})
export type SqlParams = z.output<typeof params>

const shops = 'shop,town,sales\nA,Jena,12\nB,Jena,9.5\nC,Gera,14\nD,Ulm,\n'

export const sql = defineNode({
  id: 'features.sql',
  version: 1,
  title: 'SQL query',
  summary: 'Makes a table out of others by a query in SQL.',
  description:
    'For what no other step does. The query sees the tables that are connected and nothing else: no file, no network, no ' +
    'extension, and it changes nothing. Put names with spaces or capital letters in double quotes. Rows come out in the ' +
    'order that ORDER BY gives, else as DuckDB finds them with one thread. A query that asks for the time gives another ' +
    'outcome each time it runs.\n\n' +
    'The first table has a hidden column “_row”, which SELECT * takes along. Where it comes out, each row keeps its ' +
    'part of the split of that table; where it does not, the outcome is not split. It never stays in the outcome.\n\n' +
    'The table starts a new recipe here. Columns that are called like one of the first table have its role. Whether ' +
    'a query computes over rows that will test is for you to see: let a split stand before such a query, or use ' +
    '“Aggregate rows”.',
  keywords: ['duckdb', 'select', 'query', 'database', 'custom', 'code', 'transform'],
  inputs: { tables: { type: 'table', title: 'Tables', many: true } },
  outputs: { table: { type: 'table', title: 'Table', description: 'What the query gives.' } },
  params,
  failures: {
    'bad-query': {
      kind: 'user',
      message: 'The query does not work: {problem}',
      remedy: 'Correct the query; tables and columns are called as they are at the connections.',
    },
    'no-select': {
      kind: 'user',
      message: 'The query is not one SELECT.',
      remedy: 'Write one query that begins with SELECT, WITH or FROM, and nothing behind it.',
    },
    'unsupported-type': {
      kind: 'user',
      message: 'The column “{column}” of the outcome is of the type {type}, which tables do not hold.',
      remedy: 'Cast it, such as with {column}::VARCHAR, or take it apart in the query.',
    },
    'no-such-row': {
      kind: 'user',
      message: 'In {count} rows the hidden column “_row” does not say which row of the first table they are.',
      remedy: 'Take “_row” from the first table as it is, or leave it out.',
    },
  },
  examples: [
    {
      title: 'Shops beside the mean of their town',
      params: {
        query: 'SELECT *, sales - avg(sales) OVER (PARTITION BY town) AS above FROM input ORDER BY shop',
      },
      inputs: { tables: [{ csv: shops, roles: { shop: 'id' } }] },
    },
    {
      title: 'Two tables, after a split',
      params: {
        query: 'FROM shops SEMI JOIN towns USING (town)',
        names: ['shops', 'towns'],
      },
      inputs: {
        tables: [
          { csv: shops, split: ['train', 'train', 'test', 'test'] },
          { csv: 'town,people\nJena,110000\nGera,92000\n' },
        ],
      },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  probesInputs: true,
  propagate({ inputs: { tables }, params, probed }) {
    const found = probed?.['table']
    const table: TableShape = found?.kind === 'table' ? found : unknownTable
    return { outputs: { table }, findings: findingsOf(tables, params) }
  },
})

function findingsOf(tables: readonly TableShape[], params: SqlParams): NodeFinding[] {
  return [
    ...tablesCalledAlike(tableNames(tables.length, params)),
    ...tables.flatMap((table) => encodedColumns(table, 'tables')),
    ...tables.flatMap(columnsCalledAlike),
    ...mixedSplits(tables),
  ]
}

function tablesCalledAlike(names: readonly string[]): NodeFinding[] {
  const tables = names.map((name, index) => ({ name, index }))
  return withTakenName(tables).map(({ name, index }) => ({
    code: 'name-taken',
    severity: 'error',
    message: `Two tables of the query are called “${name}” (capital letters make no difference).`,
    remedy: 'Give each table a name of its own.',
    param: `names.${index}`,
  }))
}

/** Names that a query could not tell apart, or that are taken by the hidden column. */
function columnsCalledAlike({ columns }: TableShape, index: number): NodeFinding[] {
  const hidden = index === 0 ? [{ name: rowColumn }] : []
  return withTakenName([...hidden, ...columns]).map(({ name }) => ({
    code: 'name-taken',
    severity: 'error',
    message:
      name === rowColumn
        ? `The first table has a column “${rowColumn}”, as the hidden column of the query is called.`
        : `Two columns of a table are called “${name}” (capital letters make no difference).`,
    remedy: 'Rename it before this step.',
    port: 'tables',
  }))
}

function mixedSplits([first, ...others]: readonly TableShape[]): NodeFinding[] {
  const isOther = ({ split, splitBy }: TableShape): boolean =>
    split !== null && (!first?.split || (splitBy !== undefined && first.splitBy !== splitBy))
  if (!others.some(isOther)) return []
  return [
    {
      code: 'mixed-split',
      severity: 'error',
      message: 'The tables are not split in the same way, and the outcome keeps only the split of the first.',
      remedy: 'Split after this step, or feed all tables from the same split.',
      port: 'tables',
    },
  ]
}
