import type { Json } from './pipeline.ts'
import type { JsonPath } from './read-json.ts'

/**
 * The path that a dotted text such as `columns.0.name` means in a value, or undefined where it leads nowhere. Names may
 * hold dots themselves.
 */
export function pathInParams(value: Json, dotted: string): JsonPath | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const name of Object.keys(value)) {
    const key = Array.isArray(value) ? Number(name) : name
    if (dotted === name) return [key]
    if (!dotted.startsWith(`${name}.`)) continue
    const inner = Array.isArray(value) ? value[Number(name)]! : value[name]!
    const rest = pathInParams(inner, dotted.slice(name.length + 1))
    if (rest) return [key, ...rest]
  }
  return undefined
}

export function valueAt(value: Json, path: JsonPath): Json | undefined {
  let found: Json | undefined = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Record<string | number, Json>)[key]
  }
  return found
}
