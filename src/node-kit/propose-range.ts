import type { Json } from '../core/pipeline.ts'

/** The part of a parameter’s JSON Schema that says which values it may have. */
export interface RangeSchema {
  type?: unknown
  enum?: readonly Json[]
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  exclusiveMaximum?: number
  default?: Json
  fixed?: true
}

/** Which values of a parameter a search should try. */
export type ProposedRange =
  | { type: 'number' | 'integer'; low: number; high: number; scale: 'linear' | 'log' }
  | { type: 'choice'; values: (string | number | boolean)[] }

/** With more of them a search would hardly try each. */
const mostChoices = 20

/**
 * A sensible range around the value that a parameter has, within what its schema allows: magnitudes on a logarithmic scale,
 * shares and small counts on a linear one, and of a choice all values. Null where nothing can be varied.
 */
export function proposeRange(schema: RangeSchema, value: Json | undefined): ProposedRange | null {
  if (schema.fixed) return null
  if (schema.type === 'boolean') return { type: 'choice', values: [true, false] }
  if (schema.enum) {
    const values = schema.enum.filter((each) => typeof each !== 'object')
    return values.length > 1 && values.length <= mostChoices ? { type: 'choice', values } : null
  }
  if (schema.type !== 'number' && schema.type !== 'integer') return null
  const now = [value, schema.default].find((each) => typeof each === 'number')
  if (now === undefined) return null
  const bounds = boundsOf(schema)
  return schema.type === 'integer' ? countsAround(now, bounds) : numbersAround(now, bounds)
}

interface Bounds {
  least: number
  most: number
  /** Whether the bounds are no values themselves. */
  isOpen: { least: boolean; most: boolean }
}

const boundsOf = ({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: RangeSchema): Bounds => ({
  least: minimum ?? exclusiveMinimum ?? -Infinity,
  most: maximum ?? exclusiveMaximum ?? Infinity,
  isOpen: { least: minimum === undefined, most: maximum === undefined },
})

/** From a tenth to ten times a magnitude; a share, and what is 0, where it may lie. */
function numbersAround(now: number, { least, most, isOpen }: Bounds): ProposedRange {
  const span = most - least
  const isBounded = Number.isFinite(span)
  if (now > 0 && !(isBounded && now > most / 5))
    return {
      type: 'number',
      low: short(Math.max(now / 10, least)),
      high: Math.min(short(now * 10), most),
      scale: 'log',
    }
  if (!isBounded && now === 0) return { type: 'number', low: 0.001, high: Math.min(10, most), scale: 'log' }
  if (!isBounded) return { type: 'number', low: short(2 * now), high: 0, scale: 'linear' }
  const low = isOpen.least ? least + span / 100 : least
  const high = isOpen.most ? most - span / 100 : most
  if (now >= most) return { type: 'number', low: short(least + span / 2), high, scale: 'linear' }
  return { type: 'number', low, high: now <= least ? short(least + span / 3) : high, scale: 'linear' }
}

/** From a quarter to four times a count; of a small one, every count from a third to three times as many. */
function countsAround(now: number, { least, most }: Bounds): ProposedRange {
  const within = (count: number): number => Math.min(most, Math.max(least, count))
  if (now < 10)
    return {
      type: 'integer',
      low: within(Math.ceil(now / 3)),
      high: within(Math.max(3 * now, now + 5)),
      scale: 'linear',
    }
  return {
    type: 'integer',
    low: within(Math.round(now / 4)),
    high: within(Math.round(4 * now)),
    scale: 'log',
  }
}

/** Two digits say enough of where a search begins. */
const short = (value: number): number => Number(value.toPrecision(2))
