import * as fc from 'fast-check'
import type { TestColumn, TestRow } from './three-backends.ts'

export const arbitraryColumns: readonly TestColumn[] = [
  { name: 'x', type: 'number' },
  { name: 'y', type: 'number' },
  { name: 'count', type: 'integer' },
  { name: 'flag', type: 'boolean' },
  { name: 'other flag', type: 'boolean' },
  { name: 'name', type: 'text' },
  { name: 'Näme', type: 'text' },
  { name: 'day', type: 'date' },
  { name: 'moment', type: 'datetime' },
]

const firstMs = Date.UTC(1, 0, 1) - Date.UTC(1901, 0, 1) + Date.UTC(1, 0, 1)
const lastMs = Date.UTC(9999, 11, 31)
const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { freq: 6 })
const someNumbers = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 2, 0.5, -0.5, 2.5, 1e308, -1e308, 5e-324, 1e16, Infinity, -Infinity, NaN),
  fc.double(),
  fc.integer({ min: -20, max: 20 }),
)
const someTexts = fc.oneof(
  fc.constantFrom('', 'a', 'b', 'ab', 'A', 'ba', ' ', 'a.b', '(a', 'ä', '\n', "'", '"', '\\', '🙂'),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => text.replaceAll('\0', '')),
)

export const arbitraryRow: fc.Arbitrary<TestRow> = fc.record({
  x: orNull(someNumbers),
  y: orNull(someNumbers),
  count: orNull(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.maxSafeInteger())),
  flag: orNull(fc.boolean()),
  'other flag': orNull(fc.boolean()),
  name: orNull(someTexts),
  Näme: orNull(someTexts),
  day: orNull(
    fc
      .integer({ min: Math.ceil(firstMs / 86_400_000), max: lastMs / 86_400_000 })
      .map((days) => days * 86_400_000),
  ),
  moment: orNull(fc.integer({ min: firstMs, max: lastMs })),
})

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const literalNumbers = fc
  .oneof(
    fc.constantFrom(0, 1, 2, 0.5, 10, 1e308, 3),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }),
  )
  .map(String)
const literalTexts = someTexts.filter((text) => text !== '' && text.isWellFormed()).map(quoted)
const literalDates = fc
  .date({ min: new Date(0), max: new Date(lastMs), noInvalidDate: true })
  .map((date) => `datetime(${quoted(date.toISOString())})`)

/** Texts of expressions that are exact everywhere: all but `exp`, `log`, `log10` and `^`. */
export const exactExpressions = fc.letrec<Record<'number' | 'boolean' | 'text' | 'time', string>>((tie) => {
  const [number, boolean, text, time] = (['number', 'boolean', 'text', 'time'] as const).map((name) =>
    tie(name),
  ) as [fc.Arbitrary<string>, fc.Arbitrary<string>, fc.Arbitrary<string>, fc.Arbitrary<string>]
  const call = (names: readonly string[], ...inputs: fc.Arbitrary<string>[]) =>
    fc.tuple(fc.constantFrom(...names), ...inputs).map(([name, ...given]) => `${name}(${given.join(', ')})`)
  const infix = (operators: readonly string[], left: fc.Arbitrary<string>, right = left) =>
    fc.tuple(left, fc.constantFrom(...operators), right).map((parts) => `(${parts.join(' ')})`)
  const orderings = ['<', '<=', '>', '>=', '=', '<>']
  const listed = (values: fc.Arbitrary<string>) =>
    fc.array(values, { minLength: 1, maxLength: 3 }).map((list) => `(${list.join(', ')})`)
  const isNull = (value: fc.Arbitrary<string>) =>
    fc.tuple(value, fc.constantFrom('is null', 'is not null')).map(([given, test]) => `(${given} ${test})`)
  const between = (value: fc.Arbitrary<string>) =>
    fc.tuple(value, value, value).map(([a, b, c]) => `(${a} between ${b} and ${c})`)
  const choices = (value: fc.Arbitrary<string>) => [
    call(['if'], boolean, value, value),
    call(['coalesce'], value, value),
  ]
  const leaf = { depthSize: 'small', withCrossShrink: true } as const
  return {
    number: fc.oneof(
      leaf,
      fc.constantFrom('x', 'y', 'count'),
      literalNumbers,
      infix(['+', '-', '*', '/', '%'], number),
      number.map((value) => `-${value}`),
      call(['abs', 'sign', 'round', 'floor', 'ceil', 'sqrt'], number),
      call(['min', 'max'], number, number),
      call(['clip'], number, number, number),
      call(['year', 'month', 'day', 'weekday'], time),
      call(['hour'], fc.constant('moment')),
      call(['days_between'], time, time),
      ...choices(number),
    ),
    boolean: fc.oneof(
      leaf,
      fc.constantFrom('flag', '"other flag"'),
      fc.constantFrom('true', 'false'),
      infix(orderings, number),
      infix(orderings, time),
      infix(['=', '<>'], text),
      infix(['=', '<>', 'and', 'or'], boolean),
      boolean.map((value) => `(not ${value})`),
      ...[number, boolean, text, time].map(isNull),
      ...[number, time].map(between),
      infix(['in', 'not in'], number, listed(literalNumbers)),
      infix(['in', 'not in'], text, listed(literalTexts)),
      call(['contains', 'starts_with', 'ends_with'], text, literalTexts),
      ...choices(boolean),
    ),
    text: fc.oneof(
      leaf,
      fc.constantFrom('name', 'Näme'),
      literalTexts,
      call(['concat'], text, text),
      ...choices(text),
    ),
    time: fc.oneof(
      leaf,
      fc.constantFrom('day', 'moment'),
      literalDates,
      call(['min', 'max'], time, time),
      ...choices(time),
    ),
  }
})
