import { quoteName } from '../../../src/tables/quote.ts'

export interface NamedColumn {
  name: string
  type: 'integer' | 'number' | 'text' | 'boolean'
}

/** A step of a chain: a node with its parameters, and the same in plain SQL. */
export interface ChainStep {
  node: string
  params: Record<string, unknown>
  /** A SELECT of `n` (the order of the rows) and the columns, from a table of the same form. */
  sql: (from: string) => string
  columns: readonly NamedColumn[]
  /** Whether each row is still one row of the input, so that it keeps its part of the split. */
  isSplitKept: boolean
}

/** Numbers that decide what a step is; any numbers make a step. */
export type Choices = readonly number[]

export const quoted = (columns: readonly { name: string }[]): string[] =>
  columns.map(({ name }) => quoteName(name))
export const numbersOf = (columns: readonly NamedColumn[]) =>
  columns.filter(({ type }) => type === 'integer' || type === 'number')
export const at = <Item>(items: readonly Item[], choice: number): Item => items[choice % items.length]!

export function selectSql(options: {
  order: string
  columns: readonly string[]
  from: string
  rest?: string
}): string {
  const { order, columns, from, rest = '' } = options
  return `SELECT row_number() OVER (ORDER BY ${order}) AS n, ${columns.join(', ')} FROM ${from} ${rest}`
}

export type MakeStep = (columns: readonly NamedColumn[], choices: Choices) => ChainStep | null
