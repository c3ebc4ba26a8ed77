import { readError } from './read-errors.ts'
import type { FileSniff, ReadOptions } from './read-options.ts'

/** Fails where there are settings for columns that a file does not have. */
export function refuseUnknownColumns(
  options: Pick<ReadOptions, 'path' | 'columns'>,
  { startColumns }: Pick<FileSniff, 'startColumns'>,
): void {
  const names = new Set(startColumns.map(({ name }) => name))
  const unknown = Object.keys(options.columns ?? {}).filter((name) => !names.has(name))
  if (unknown.length > 0) {
    const found = startColumns.slice(0, 20).map(({ name }) => name)
    throw readError('unknown-columns', { file: options.path, columns: unknown, found })
  }
}
