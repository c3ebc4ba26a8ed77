import { describe, expect, it } from 'vitest'
import { checkExpression } from '../../../src/core/expression/check-expression.ts'
import { columnsOfExpression } from '../../../src/core/expression/typed-expression.ts'

const columns = [
  { name: 'age', type: 'number' },
  { name: 'months', type: 'integer' },
  { name: 'gender', type: 'text' },
  { name: 'churned', type: 'boolean' },
  { name: 'signup', type: 'date' },
  { name: 'seen', type: 'datetime' },
  { name: 'codes', type: 'vector' },
] as const

function typeOf(text: string): string {
  const checked = checkExpression(text, columns)
  return 'problem' in checked
    ? `${checked.problem.message} ${checked.problem.remedy}`
    : checked.expression.type
}

describe('checking an expression', () => {
  it.each([
    ['age + months', 'number'],
    ['months', 'integer'],
    ['-months', 'integer'],
    ['months + 1', 'number'],
    ['max(months, 3)', 'integer'],
    ['max(months, 3.5)', 'number'],
    ['if(churned, months, age)', 'number'],
    ['if(churned, null, months)', 'integer'],
    ['coalesce(signup, seen)', 'datetime'],
    ["coalesce(signup, date('2024-02-29'))", 'date'],
    ["concat(gender, '!')", 'text'],
    ['age > months and not churned', 'boolean'],
    ['gender is null', 'boolean'],
    ['YEAR(signup)', 'integer'],
    ['days_between(signup, seen)', 'number'],
    ['clip(signup, seen, seen)', 'datetime'],
  ])('finds that %s is of type %s', (text, type) => {
    expect(typeOf(text)).toBe(type)
  })

  it.each([
    ['Age + 1', 'At character 1: there is no column “Age” here. Did you mean “age”?'],
    [
      'gender = "female"',
      'At character 10: there is no column “female” here. A text stands in single quotes; double quotes are for columns.',
    ],
    [
      'gender = female',
      'At character 10: there is no column “female” here. Choose a column of the incoming table: “age”, “months”, “gender”, “churned”, “signup”, “seen”. A text stands in single quotes.',
    ],
    [
      'age + gender',
      'At character 7: “+” needs a number, not “gender”, which is of type text. Give the column another type first, with a cast.',
    ],
    [
      "age > '5'",
      "At character 7: “>” needs a number, date or time, not a text. Write a date as date('2024-01-31'), a time as datetime('2024-01-31 13:45:00').",
    ],
    [
      "age = '5'",
      'At character 7: “=” needs a number, not a text. Text stands in single quotes; write numbers, columns and conditions without them.',
    ],
    [
      'churned + 1',
      'At character 1: “+” needs a number, not “churned”, which is of type boolean. Turn a condition into a number with if(x, 1, 0).',
    ],
    [
      'if(age, 1, 2)',
      'At character 4: “if” needs a condition (true or false), not “age”, which is of type number. Compare it with something, as in x > 0.',
    ],
    [
      'if(churned, age, gender)',
      'At character 18: “if” needs a number, not “gender”, which is of type text. Give the column another type first, with a cast.',
    ],
    [
      'signup + 1',
      'At character 1: “+” needs a number, not “signup”, which is of type date. Make a number of a date with year(x), month(x), weekday(x) or days_between(a, b).',
    ],
    [
      'hour(signup)',
      'At character 6: “hour” needs a time, not “signup”, which is of type date. Give the column another type first, with a cast.',
    ],
    [
      'concat(gender, age)',
      'At character 16: “concat” needs a text, not “age”, which is of type number. Give the column the type text first, with a cast.',
    ],
    ['gender > gender', '“>” needs a number, date or time, not “gender”'],
    [
      'codes + 1',
      'At character 1: “codes” holds several numbers a row, which an expression cannot use. Use the column before it was encoded.',
    ],
    ['sqr(age)', 'At character 1: there is no function “sqr”. Did you mean “sqrt”?'],
    ['constructor(age)', 'there is no function “constructor”. The functions are abs, '],
    ['round(age, 2)', 'At character 1: “round” takes 1 value, not 2. Write round(x).'],
    ['max(age)', 'At character 1: “max” takes at least 2 values, not 1. Write max(a, b, …).'],
    [
      'age in (1, months)',
      'At character 12: “in” needs a value that is written out here. Compare with columns by =, joined by “or”; ask for null with “is null”.',
    ],
    ['age in (1, null)', 'At character 12: “in” needs a value that is written out here'],
    [
      'contains(gender, gender)',
      "At character 18: “contains” needs a text that is written out here. Write contains(x, 'part').",
    ],
    ["contains(gender, '')", 'needs a text that is written out here'],
    ["signup > date('2024-02-30')", "At character 15: “2024-02-30” is not a date. Write date('2024-01-31')."],
    ["seen > datetime('now')", '“now” is not a date and time'],
    [
      'age = null',
      'At character 7: a comparison with null, or with an empty text, never holds. Write “is null” or “is not null”.',
    ],
    ["gender <> ''", 'a comparison with null, or with an empty text, never holds'],
    [
      '1 + 2 * 3',
      'The expression is the same for every row: 7. Use at least one column, written as its name or as "its name".',
    ],
    ["max(date('2024-01-31'), date('2023-01-31'))", 'for every row: 2024-01-31T00:00:00.000Z'],
    ['null', 'the same for every row: no value'],
    ['coalesce(null, 1, age)', 'the same for every row: 1'],
    ["max(date('2024-01-31'), null)", 'the same for every row: no value'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(typeOf(text)).toContain(problem)
  })

  it('tells the place of a problem, for whoever marks it', () => {
    const checked = checkExpression('age + nothing', columns)
    expect(checked).toMatchObject({
      problem: {
        code: 'expression.unknown-column',
        values: { position: 7, marked: 'age + nothing\n      ^' },
      },
    })
  })

  it('names the columns that an expression reads', () => {
    const checked = checkExpression('if(churned, age, months) > age', columns)
    expect('expression' in checked && columnsOfExpression(checked.expression)).toEqual([
      'age',
      'churned',
      'months',
    ])
  })
})
