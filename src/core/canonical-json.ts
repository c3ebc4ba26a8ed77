/**
 * One text for equal data: keys sorted by code unit, no white space, no undefined. What hashes are taken over.
 * Throws a TypeError on what JSON cannot hold (NaN, infinities, bigint, functions).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object') {
    let fields = ''
    for (const key of Object.keys(value).toSorted()) {
      const field = (value as Record<string, unknown>)[key]
      if (field !== undefined) fields += `${fields && ','}${JSON.stringify(key)}:${canonicalJson(field)}`
    }
    return `{${fields}}`
  }
  throw new TypeError(`JSON has no ${typeof value}`)
}
