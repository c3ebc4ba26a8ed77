const headerMark = 'header:'

/** A text for each row, or one for all of them; null where a row has none: it goes by chance. */
export type StickyKeys = readonly (string | null)[]

/**
 * What decides the version of each row, whatever protocol it came by. Undefined where the deployment is not sticky, or no
 * row says the value: then the request as a whole goes by chance.
 */
export function stickyKeysOf(
  stickyBy: string | null,
  given: {
    header: (name: string) => unknown
    column: (name: string) => readonly unknown[] | undefined
  },
): StickyKeys | undefined {
  if (stickyBy === null) return undefined
  const keys = stickyBy.startsWith(headerMark)
    ? [keyOf(given.header(stickyBy.slice(headerMark.length).toLowerCase()))]
    : given.column(stickyBy)?.map((value) => keyOf(value))
  return keys?.some((key) => key !== null) ? keys : undefined
}

/** A number gives the key that its text gives; no value, in the words of any protocol, gives none. */
function keyOf(value: unknown): string | null {
  if (typeof value === 'number') return Number.isNaN(value) ? null : String(value)
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}
