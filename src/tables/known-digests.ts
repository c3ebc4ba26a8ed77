import type { DigestedColumn } from './rows-hash.ts'

/** They are small, and mostly wanted by the next step. */
const MOST_ROWS_KNOWN = 64

const known = new Map<string, readonly DigestedColumn[]>()

/** Keeps the digests of rows by their hash: what some columns of them are hashed to is known as long as this process lives. */
export function rememberDigests(rows: string, columns: readonly DigestedColumn[]): void {
  known.delete(rows)
  known.set(rows, columns)
  for (const oldest of known.keys()) {
    if (known.size <= MOST_ROWS_KNOWN) return
    known.delete(oldest)
  }
}

export const knownDigests = (rows: string): readonly DigestedColumn[] | null => known.get(rows) ?? null
