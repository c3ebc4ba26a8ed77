import type { PredictionHandler } from '../handler.ts'

const headerMark = 'header:'

/** What decides the version of each row, where the deployment is sticky and the caller says it. */
export function stickyKeysOf(
  { stickyBy }: PredictionHandler,
  given: {
    header: (name: string) => unknown
    column: (name: string) => readonly unknown[] | undefined
  },
): readonly string[] | undefined {
  if (stickyBy === null) return undefined
  if (!stickyBy.startsWith(headerMark)) return given.column(stickyBy)?.map((value) => textOf(value))
  const value = given.header(stickyBy.slice(headerMark.length).toLowerCase())
  return value === undefined ? undefined : [textOf(value)]
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}
