import { tableError } from './errors.ts'

/** Throws where two columns are called the same: DuckDB tells names apart by all but the case of ASCII letters. */
export function refuseEqualNames(columns: readonly { name: string }[]): void {
  const seen = new Set<string>()
  for (const { name } of columns) {
    const key = name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    if (seen.has(key)) throw tableError('name-taken', { column: name })
    seen.add(key)
  }
}
