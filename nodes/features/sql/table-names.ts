/** The hidden column that says which row of the first table a row is. */
export const rowColumn = '_row'

/** What each table is called in the query. */
export function tableNames(count: number, { names }: { names: readonly string[] }): string[] {
  return Array.from(
    { length: count },
    (_, index) => names[index] ?? (index === 0 ? 'input' : `input${index + 1}`),
  )
}
