import type { Json } from './pipeline.ts'

/** The same with long lists cut, and said so at their end: curves have hundreds of points. */
export function withShortLists(value: Json, longest: number): Json {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, withShortLists(each, longest)]),
    )
  }
  const shown = value.slice(0, longest).map((each) => withShortLists(each, longest))
  return value.length > longest ? [...shown, `… and ${value.length - longest} more`] : shown
}
