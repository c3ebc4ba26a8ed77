import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { explainIssues } from '../../../src/core/explain-issues.ts'

function explain(schema: z.ZodType, value: unknown) {
  const result = explainIssues(schema, value)
  return result.success ? [] : result.explanations.map(({ message, remedy }) => `${message} ${remedy}`)
}

const one = (schema: z.ZodType, value: unknown) => explain(z.strictObject({ it: schema }), { it: value })

describe('what is wrong is said in whole sentences', () => {
  test.for([
    ['a missing value', z.string(), undefined, '“it” is missing. Give a text.'],
    ['another kind', z.boolean(), 'yes', '“it” cannot be “yes”. Give true or false.'],
    ['a list for an object', z.object({}), [], '“it” cannot be a list. Give an object.'],
    ['null', z.number(), null, '“it” cannot be null. Give a number.'],
    ['a fraction', z.int(), 1.5, '“it” cannot be 1.5. Give a whole number.'],
    ['a text for a whole number', z.int(), '1', '“it” cannot be “1”. Give a whole number.'],
    ['too much', z.number().max(5), 6, '“it” cannot be 6. Give a number of at most 5.'],
    ['too much by being equal', z.number().lt(5), 5, '“it” cannot be 5. Give a number below 5.'],
    ['too little', z.number().min(0), -1, '“it” cannot be -1. Give a number of at least 0.'],
    ['not positive', z.number().positive(), 0, '“it” cannot be 0. Give a number above 0.'],
    ['an empty text', z.string().min(1), '', '“it” is empty. Give at least 1 character.'],
    ['a long text', z.string().max(3), 'abcd', '“it” has 4 characters. Give at most 3 characters.'],
    ['an empty list', z.array(z.int()).min(2), [], '“it” is empty. Give at least 2 entries.'],
    ['a long list', z.array(z.int()).max(1), [1, 2], '“it” has 2 entries. Give at most 1 entry.'],
    ['a pattern', z.string().regex(/^a$/), 'b', '“it” cannot be “b”. It must match /^a$/.'],
    ['a format', z.iso.date(), 'b', '“it” cannot be “b”. Give a valid date.'],
    ['no multiple', z.number().multipleOf(5), 6, '“it” cannot be 6. Give a multiple of 5.'],
    ['an option', z.enum(['red', 'blue']), 'green', '“it” cannot be “green”. Choose one of “red”, “blue”.'],
    [
      'a misspelt option',
      z.enum(['red', 'blue']),
      'bleu',
      '“it” cannot be “bleu”. Did you mean “blue”? Choose one of “red”, “blue”.',
    ],
    ['a literal', z.literal(1), 2, '“it” cannot be 2. Give 1.'],
    [
      'none of several kinds',
      z.union([z.string(), z.int()]),
      [],
      '“it” cannot be a list. Give a text or a whole number.',
    ],
    [
      'a long value, shortened',
      z.int(),
      'x'.repeat(50),
      `“it” cannot be “${'x'.repeat(40)}…”. Give a whole number.`,
    ],
    [
      'words of the schema’s own',
      z.string().refine((text) => text === 'a', 'Only a is good'),
      'b',
      'Only a is good. Correct “it”, which is “b”.',
    ],
  ] as const)('%s', ([, schema, value, text]) => {
    const [explanation, ...others] = one(schema, value)
    expect(others).toEqual([])
    expect(explanation).toBe(text)
  })
})

describe('alternatives', () => {
  const selection = z.union([
    z.array(z.string()),
    z.strictObject({ type: z.enum(['numeric', 'text']), except: z.array(z.string()).default([]) }),
  ])

  test('are narrowed to the one that the value comes closest to', () => {
    expect(one(selection, ['a', 1])).toEqual(['“it.1” cannot be 1. Give a text.'])
    expect(one(selection, { type: 'numric' })).toEqual([
      '“it.type” cannot be “numric”. Did you mean “numeric”? Choose one of “numeric”, “text”.',
    ])
    expect(one(selection, { type: 'text', expect: [] })).toEqual([
      '“it” has no field “expect”. Did you mean “except”?',
    ])
    expect(one(selection, 5)).toEqual(['“it” cannot be 5. Give a list or an object.'])
  })

  test('told apart by a field name what that field may be', () => {
    const union = z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('a') }),
      z.strictObject({ kind: z.literal('b') }),
    ])
    expect(one(union, { kind: 'c' })).toEqual(['“it.kind” cannot be “c”. Choose one of “a”, “b”.'])
    expect(one(union, {})).toEqual(['“it.kind” is missing. Choose one of “a”, “b”.'])
  })

  test('with words of their own use them when nothing is close', () => {
    const own = z.union([z.string(), z.int()], 'Name a column, or count from 0.')
    expect(one(own, true)).toEqual(['Name a column, or count from 0. Correct “it”, which is true.'])
  })
})

test('everything that is wrong is said, each with its path and what was meant', () => {
  const schema = z.strictObject({ test: z.number(), list: z.array(z.strictObject({ name: z.string() })) })
  const result = explainIssues(schema, { tst: 1, list: [{ name: 1 }, { nam: 'x' }] })
  expect(!result.success && result.explanations.map(({ path, meant }) => [path, meant])).toEqual([
    [['test'], undefined],
    [['list', 0, 'name'], undefined],
    [['list', 1, 'name'], undefined],
    [['list', 1, 'nam'], { name: 'name' }],
    [['tst'], { name: 'test' }],
  ])
})

test('names of a record are held against their own schema', () => {
  const schema = z.record(z.string().regex(/^[a-z]+$/, 'Use small letters.'), z.int())
  expect(explain(schema, { A: 1 })).toEqual(['Use small letters. Correct “A”, which is “A”.'])
})

test('what is right is given back parsed', () => {
  expect(explainIssues(z.object({ a: z.int().default(3) }), {})).toEqual({ success: true, data: { a: 3 } })
})
