import { defaultNullValues } from '../reader-grammar.ts'
import { ColumnInference } from './infer-column.ts'

const nulls = new Set<string>(defaultNullValues)

/**
 * Whether the first record names the columns: where columns of numbers, dates or booleans start with something else.
 * Where all columns are text: unless a name would be empty, very long, there twice, or among the values of its column.
 */
export function guessHeader(first: readonly string[], rows: readonly (readonly string[])[]): boolean {
  let votes = 0
  for (const [index, name] of first.entries()) {
    const values = rows.flatMap((row) => (row[index] === undefined ? [] : [row[index].trim()]))
    const withoutName = typeOf(values)
    if (withoutName === null || nulls.has(name.trim())) continue
    votes += typeOf([...values, name.trim()]) === null ? 1 : -1
  }
  if (votes !== 0) return votes > 0
  const names = first.map((name) => name.trim())
  const isNameLike = (name: string): boolean => name !== '' && name.length <= 100 && typeOf([name]) === null
  if (!names.every(isNameLike) || new Set(names).size < names.length) return false
  return names.every((name, index) => rows.every((row) => row[index]?.trim() !== name))
}

function typeOf(values: readonly string[]): string | null {
  const inference = new ColumnInference({})
  for (const [row, value] of values.entries()) if (!nulls.has(value)) inference.add(value, row)
  return inference.result?.type ?? null
}
