import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExpressionValue } from '../../../src/core/expression/typed-expression.ts'
import { openBackends, type TestColumn, type ThreeBackends } from './three-backends.ts'

const columns: readonly TestColumn[] = [
  { name: 'age', type: 'number' },
  { name: 'months', type: 'integer' },
  { name: 'zero', type: 'number' },
  { name: 'endless', type: 'number' },
  { name: 'none', type: 'number' },
  { name: 'city', type: 'text' },
  { name: 'Name of "it"', type: 'text' },
  { name: 'blank', type: 'text' },
  { name: 'yes', type: 'boolean' },
  { name: 'no', type: 'boolean' },
  { name: 'maybe', type: 'boolean' },
  { name: 'birthday', type: 'date' },
  { name: 'seen', type: 'datetime' },
  { name: 'never', type: 'datetime' },
]
const row = {
  age: -2.5,
  months: 7,
  zero: 0,
  endless: Infinity,
  none: NaN,
  city: 'Köln (Süd)',
  'Name of "it"': "it's",
  blank: '',
  yes: true,
  no: false,
  maybe: null,
  birthday: Date.UTC(1968, 1, 29),
  seen: Date.UTC(2024, 11, 30, 23, 59, 59, 999),
  never: null,
}

/** Each with its value, worked out by hand. */
const cases: readonly (readonly [expression: string, value: ExpressionValue])[] = [
  ['1 + 2 * months', 15],
  ['(1 + 2) * months', 21],
  ['months - 3 - 2', 2],
  ['months / 2', 3.5],
  ['months % 4', 3],
  ['age % 2', -0.5],
  ['-months % 4', -3],
  ['2 ^ months', 128],
  ['-months ^ 2', -49],
  ['months ^ -1 ^ 2', 1 / 7],
  ['months / zero', null],
  ['zero / zero', null],
  ['months % zero', null],
  ['zero ^ -1', null],
  ['(age - 1) ^ 0.5', null],
  ['none ^ 0', null],
  ['1 ^ none', null],
  ['months * 1e308', null],
  ['age * 1.00000001', -2.500000025],
  ['zero + 1e-50', 1e-50],
  ['endless', null],
  ['endless > 5', null],
  ['endless is null', true],
  ['none + 1', null],
  ['abs(age)', 2.5],
  ['sign(age)', -1],
  ['sign(zero)', 0],
  ['round(age)', -3],
  ['round(age + 5)', 3],
  ['round(0.49999999999999994 + zero)', 0],
  ['round(none)', null],
  ['floor(age)', -3],
  ['ceil(age)', -2],
  ['sqrt(months + 2)', 3],
  ['sqrt(age)', null],
  ['exp(zero)', 1],
  ['exp(months * 1000)', null],
  ['log(zero)', null],
  ['log(age)', null],
  ['log(zero + 1)', 0],
  ['log10(zero + 1000)', 3],
  ['log10(10 ^ -months)', -7],
  ['log10(age)', null],
  ['min(age, months, zero)', -2.5],
  ['max(age, months, zero)', 7],
  ['max(age, none)', null],
  ['min(none, 1)', null],
  ['clip(age, -1, 1)', -1],
  ['clip(months, 0, 5)', 5],
  ['clip(zero, -1, 1)', 0],
  ['age < months', true],
  ['age >= months', false],
  ['months = 7', true],
  ['months <> 7', false],
  ['months != 7.5', true],
  ['none = 1', null],
  ['none <> 1', null],
  ['none is null', true],
  ['none is not null', false],
  ['months is null', false],
  ['blank is null', true],
  ['city is not null', true],
  ["blank = 'x'", null],
  ["city = 'Köln (Süd)'", true],
  ['city = "Name of ""it"""', false],
  [`"Name of ""it""" = 'it''s'`, true],
  ['months between 1 and 7', true],
  ['months between 8 and 9', false],
  ['months not between 8 and 9', true],
  ['months between none and 5', false],
  ['months between none and 9', null],
  ['months in (1, 7)', true],
  ['age in (-2.5, 0)', true],
  ['months not in (1, 2)', true],
  ['none in (1, 2)', null],
  ["city in ('Bonn', 'Köln (Süd)')", true],
  ["blank in ('Bonn')", null],
  ['yes in (true)', true],
  ["birthday in (date('1968-02-29'))", true],
  ['yes and no', false],
  ['yes and maybe', null],
  ['no and maybe', false],
  ['yes or maybe', true],
  ['no or maybe', null],
  ['maybe or maybe', null],
  ['not yes', false],
  ['not maybe', null],
  ['not no = yes', true],
  ['yes = no', false],
  ['if(yes, 1, 2) + months', 8],
  ['if(no, age, months)', 7],
  ['if(maybe, age, months)', null],
  ["if(months > 5, city, 'short')", 'Köln (Süd)'],
  ["if(months > 9, city, 'short')", 'short'],
  ['if(yes, null, age)', null],
  ['if(no, null, age)', -2.5],
  ['coalesce(none, 3)', 3],
  ['coalesce(none, endless, age, 1)', -2.5],
  ["coalesce(blank, 'nowhere')", 'nowhere'],
  ['coalesce(maybe, false)', false],
  ['coalesce(never, seen)', row.seen],
  ["concat(city, '-', city)", 'Köln (Süd)-Köln (Süd)'],
  ['concat(city, blank)', null],
  ["contains(city, '(S')", true],
  ["contains(city, 'köln')", false],
  ["contains(city, '.')", false],
  ["starts_with(city, 'Kö')", true],
  ["starts_with(city, 'ö')", false],
  ["ends_with(city, 'üd)')", true],
  ["ends_with(city, 'Süd')", false],
  ["contains(blank, 'x')", null],
  ['year(birthday)', 1968],
  ['month(birthday)', 2],
  ['day(birthday)', 29],
  ['weekday(birthday)', 4],
  ['hour(seen)', 23],
  ['year(seen)', 2024],
  ['month(seen)', 12],
  ['weekday(seen)', 1],
  ['hour(never)', null],
  ["birthday < date('1970-01-01')", true],
  ["seen >= datetime('2024-12-30 23:59:59.999Z')", true],
  ["seen = datetime('2024-12-30T23:59')", false],
  ["days_between(birthday, date('1968-03-01'))", 1],
  ["days_between(datetime('2024-12-31 11:59:59.999'), seen)", -0.5],
  ["max(birthday, date('1950-01-01'))", row.birthday],
  ['if(seen > birthday, seen, birthday)', row.seen],
]

describe('an expression', () => {
  let backends: ThreeBackends
  beforeAll(async () => {
    backends = await openBackends(columns, [row])
  })
  afterAll(() => backends.close())

  it.each(cases)('%s is %s in the reference, in ONNX and in SQL', async (expression, value) => {
    expect(await backends.answer(expression)).toEqual({ reference: [value], onnx: [value], sql: [value] })
  })

  it('may be as deep as the limit allows', async () => {
    const sum = Array.from({ length: 150 }, () => 'months').join(' + ')
    const nested = `${'if(yes, '.repeat(149)}age${', age)'.repeat(149)}`
    expect(await backends.answer(sum)).toEqual({ reference: [1050], onnx: [1050], sql: [1050] })
    expect(await backends.answer(nested)).toEqual({ reference: [-2.5], onnx: [-2.5], sql: [-2.5] })
  })

  it.each([
    ['in one call', `concat(${"'ab', ".repeat(1600)}city)`, 'ab'.repeat(1600)],
    [
      'in calls of calls',
      `${"concat('ab', 'cd', 'ef', ".repeat(149)}city${')'.repeat(149)}`,
      'abcdef'.repeat(149),
    ],
  ])('may join very many texts %s', async (_, expression, before) => {
    const [city] = (await backends.answer('city')).reference
    const joined = [`${before}${String(city)}`]
    expect(await backends.answer(expression)).toEqual({ reference: joined, onnx: joined, sql: joined })
  })
})
