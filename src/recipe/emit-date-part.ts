import { msPerDay } from '../core/epoch-of-date.ts'
import type { DatePart } from '../core/transforms/date-parts-params.ts'
import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import { tensor } from '../onnx/tensor.ts'

/**
 * A part of a time, [N, 1] float64 epoch milliseconds in UTC, in the proleptic Gregorian calendar; NaN stays NaN.
 * Weeks are those of ISO 8601. Everything is a whole number below 2^53, so float64 division and floor are exact.
 */
export function emitDatePart(builder: GraphBuilder, part: DatePart, ms: Value): Value {
  const calculus = new WholeNumbers(builder)
  const { add, quotient, remainder } = calculus
  const days = quotient(ms, msPerDay)
  switch (part) {
    case 'hour':
      return quotient(remainder(ms, msPerDay), 3_600_000)
    case 'minute':
      return quotient(remainder(ms, 3_600_000), 60_000)
    case 'second':
      return quotient(remainder(ms, 60_000), 1000)
    case 'weekday':
      return add(weekdayFromMonday(calculus, days), 1)
    case 'year':
    case 'month':
    case 'day':
      return civilDate(calculus, days)[part]
    case 'quarter':
      return quotient(add(civilDate(calculus, days).month, 2), 3)
    case 'day-of-year':
      return dayOfYear(calculus, days)
    case 'week': {
      // The week of a day is that of its Thursday, and the week of a Thursday is counted in its year.
      const monday = calculus.subtract(days, weekdayFromMonday(calculus, days))
      return quotient(add(dayOfYear(calculus, add(monday, 3)), 6), 7)
    }
  }
}

class WholeNumbers {
  readonly builder: GraphBuilder

  constructor(builder: GraphBuilder) {
    this.builder = builder
  }

  readonly number = (value: number): Value => this.builder.constant(tensor('float64', [1, 1], [value]))
  readonly add = (a: Value, b: Value | number): Value => this.builder.node('Add', [a, this.#asValue(b)])
  readonly subtract = (a: Value, b: Value | number): Value => this.builder.node('Sub', [a, this.#asValue(b)])
  readonly times = (a: Value, factor: number): Value => this.builder.node('Mul', [a, this.number(factor)])
  readonly quotient = (a: Value, divisor: number): Value =>
    this.builder.node('Floor', [this.builder.node('Div', [a, this.number(divisor)])])
  readonly remainder = (a: Value, divisor: number): Value =>
    this.subtract(a, this.times(this.quotient(a, divisor), divisor))
  readonly choose = (condition: Value, yes: number, no: number): Value =>
    this.builder.node('Where', [condition, this.number(yes), this.number(no)])

  #asValue(value: Value | number): Value {
    return typeof value === 'number' ? this.number(value) : value
  }
}

/** 0 for Monday; 1 January 1970 was a Thursday. */
function weekdayFromMonday({ add, remainder }: WholeNumbers, days: Value): Value {
  return remainder(add(days, 3), 7)
}

/** Counted from 1. Before the first of January of the year y lie 365 (y − 1) days and its leap days. */
function dayOfYear(calculus: WholeNumbers, days: Value): Value {
  const { add, subtract, times, quotient } = calculus
  const yearsBefore = subtract(civilDate(calculus, days).year, 1)
  const leapDays = add(
    subtract(quotient(yearsBefore, 4), quotient(yearsBefore, 100)),
    quotient(yearsBefore, 400),
  )
  const firstOfJanuary = subtract(add(times(yearsBefore, 365), leapDays), 719_162)
  return add(subtract(days, firstOfJanuary), 1)
}

/**
 * Year, month and day of a number of days since 1970: `civil_from_days` of Howard Hinnant, “chrono-Compatible
 * Low-Level Date Algorithms”.
 */
function civilDate(calculus: WholeNumbers, days: Value): Record<'year' | 'month' | 'day', Value> {
  const { builder, number, add, subtract, times, quotient, remainder, choose } = calculus
  // Years begin on 1 March here, so that a leap day is the last of its year; eras have 400 years.
  const sinceEpoch = add(days, 719_468)
  const dayOfEra = remainder(sinceEpoch, 146_097)
  const leapDays = subtract(
    subtract(quotient(dayOfEra, 36_524), quotient(dayOfEra, 1_460)),
    quotient(dayOfEra, 146_096),
  )
  const yearOfEra = quotient(add(dayOfEra, leapDays), 365)
  const leapDaysBefore = subtract(quotient(yearOfEra, 4), quotient(yearOfEra, 100))
  const dayFromMarch = subtract(dayOfEra, add(times(yearOfEra, 365), leapDaysBefore))
  const monthFromMarch = quotient(add(times(dayFromMarch, 5), 2), 153)
  const daysBefore = quotient(add(times(monthFromMarch, 153), 2), 5)
  const isNextYear = builder.node('GreaterOrEqual', [monthFromMarch, number(10)])
  const year = add(yearOfEra, times(quotient(sinceEpoch, 146_097), 400))
  return {
    year: add(year, choose(isNextYear, 1, 0)),
    month: add(monthFromMarch, choose(isNextYear, -9, 3)),
    day: add(subtract(dayFromMarch, daysBefore), 1),
  }
}
