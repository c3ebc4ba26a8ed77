import { msPerDay } from '../core/epoch-of-date.ts'
import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import { tensor } from '../onnx/tensor.ts'

export type DatePart = 'year' | 'month' | 'day' | 'hour' | 'weekday'

const msPerHour = 3_600_000

/**
 * A part of a time, [N, 1] float64 epoch milliseconds in UTC, in the proleptic Gregorian calendar; NaN stays NaN.
 * Everything is a whole number below 2^53, so float64 division and floor are exact. The algorithm is
 * `civil_from_days` of Howard Hinnant, “chrono-Compatible Low-Level Date Algorithms”.
 */
export function emitDatePart(builder: GraphBuilder, part: DatePart, ms: Value): Value {
  const number = (value: number): Value => builder.constant(tensor('float64', [1, 1], [value]))
  const add = (a: Value, b: Value | number): Value => builder.node('Add', [a, asValue(b)])
  const subtract = (a: Value, b: Value | number): Value => builder.node('Sub', [a, asValue(b)])
  const times = (a: Value, factor: number): Value => builder.node('Mul', [a, number(factor)])
  const quotient = (a: Value, divisor: number): Value =>
    builder.node('Floor', [builder.node('Div', [a, number(divisor)])])
  const remainder = (a: Value, divisor: number): Value => subtract(a, times(quotient(a, divisor), divisor))
  const asValue = (value: Value | number): Value => (typeof value === 'number' ? number(value) : value)

  if (part === 'hour') return quotient(remainder(ms, msPerDay), msPerHour)
  const days = quotient(ms, msPerDay)
  // 1 January 1970 was a Thursday.
  if (part === 'weekday') return add(remainder(add(days, 3), 7), 1)

  // Years begin on 1 March here, so that a leap day is the last of its year; eras have 400 years.
  const sinceEpoch = add(days, 719_468)
  const dayOfEra = remainder(sinceEpoch, 146_097)
  const leapDays = subtract(
    subtract(quotient(dayOfEra, 36_524), quotient(dayOfEra, 1_460)),
    quotient(dayOfEra, 146_096),
  )
  const yearOfEra = quotient(add(dayOfEra, leapDays), 365)
  const leapDaysBefore = subtract(quotient(yearOfEra, 4), quotient(yearOfEra, 100))
  const dayOfYear = subtract(dayOfEra, add(times(yearOfEra, 365), leapDaysBefore))
  const monthFromMarch = quotient(add(times(dayOfYear, 5), 2), 153)
  if (part === 'day') {
    const daysBefore = quotient(add(times(monthFromMarch, 153), 2), 5)
    return add(subtract(dayOfYear, daysBefore), 1)
  }
  const isNextYear = builder.node('GreaterOrEqual', [monthFromMarch, number(10)])
  if (part === 'month') return add(monthFromMarch, builder.node('Where', [isNextYear, number(-9), number(3)]))
  const year = add(yearOfEra, times(quotient(sinceEpoch, 146_097), 400))
  return add(year, builder.node('Where', [isNextYear, number(1), number(0)]))
}
