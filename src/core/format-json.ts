import type { Json } from './pipeline.ts'

const lineWidth = 100
const step = '  '
const leadingNames = ['type', 'name', 'column']

/**
 * Where a value is written: `indent` is that of the line it begins on, `used` how many characters stand before it
 * on that line.
 */
export interface Spot {
  indent: string
  used: number
}

/**
 * One text for equal values. Names are sorted, with those first that say what an object is; a list or an object that
 * holds no other and fits the line stands on it, anything else has one member a line: a change then touches the lines
 * it is about.
 */
export function formatJson(value: Json, spot: Spot): string {
  if (Array.isArray(value)) {
    if (isFlat(value)) {
      const line = `[${value.map(formatScalar).join(', ')}]`
      if (spot.used + line.length <= lineWidth) return line
    }
    const indent = spot.indent + step
    return formatBlock({
      brackets: '[]',
      indent: spot.indent,
      members: value.map((item) => formatJson(item, { indent, used: indent.length })),
    })
  }
  if (typeof value === 'object' && value !== null) {
    return formatObject(value, { ...spot, names: Object.keys(value).toSorted(byRankThenCodeUnit) })
  }
  return formatScalar(value)
}

/** An object with the given names in the given order; names that it lacks are left out. */
export function formatObject(
  object: Readonly<Record<string, Json | undefined>>,
  { indent, used, names }: Spot & { names: readonly string[] },
): string {
  const fields = names.flatMap((name) => {
    const value = object[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  if (isFlat(fields.map(([, value]) => value)) && fields.length) {
    const line = `{ ${fields.map(([name, value]) => `${JSON.stringify(name)}: ${formatScalar(value)}`).join(', ')} }`
    if (used + line.length <= lineWidth) return line
  }
  return formatFields({
    indent,
    fields: fields.map(([name, value]) => [name, (spot) => formatJson(value, spot)] as const),
  })
}

/** An object with one field a line, whose values are written by functions. */
export function formatFields(options: {
  indent: string
  fields: readonly (readonly [name: string, write: (spot: Spot) => string])[]
}): string {
  const indent = options.indent + step
  const members = options.fields.map(([name, write]) => {
    const key = `${JSON.stringify(name)}: `
    return key + write({ indent, used: indent.length + key.length })
  })
  return formatBlock({ brackets: '{}', indent: options.indent, members })
}

/** Members between brackets, one a line; nothing between them when there are none. */
export function formatBlock(options: {
  brackets: '{}' | '[]'
  indent: string
  members: readonly string[]
}): string {
  const { brackets, indent, members } = options
  if (members.length === 0) return brackets
  const lines = members.map((member) => `${indent}${step}${member}`)
  return `${brackets[0]}\n${lines.join(',\n')}\n${indent}${brackets[1]}`
}

export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function byRankThenCodeUnit(a: string, b: string): number {
  return rank(a) - rank(b) || byCodeUnit(a, b)
}

function rank(name: string): number {
  const index = leadingNames.indexOf(name)
  return index === -1 ? leadingNames.length : index
}

const isFlat = (values: readonly Json[]): boolean =>
  values.every((value) => typeof value !== 'object' || value === null)

/** Throws a TypeError on a number that JSON does not have. */
function formatScalar(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`)
  return JSON.stringify(value)
}
