import type { Artifact, StartColumn, TableData } from '../core/artifacts.ts'

/** A table of freshly stored rows: every column a feature, not split, no recipe. */
export function newTable(rows: Artifact<'rows'>, startColumns: readonly StartColumn[]): TableData {
  return {
    rows: { artifact: rows.hash, count: rows.data.count },
    startColumns: [...startColumns],
    recipe: [],
    columns: startColumns.map(({ name, type }) => ({ name, type, role: 'feature', origin: 'start' })),
    split: null,
  }
}
