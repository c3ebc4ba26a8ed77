import { expect, test } from 'vitest'
import { z } from 'zod'
import { valuesInWords, type JsonSchema } from '../../../src/node-kit/describe-values.ts'

const wordsOf = (schema: z.ZodType): string =>
  valuesInWords(z.toJSONSchema(schema, { io: 'input' }) as JsonSchema)

test.for([
  ['a number in bounds', z.int().min(1).max(9), 'a whole number, at least 1, at most 9'],
  ['one that may be left empty', z.number().positive().nullable(), 'a number, above 0 or `null`'],
  ['a text or nothing', z.string().nullable().default(null), 'text or `null`'],
  ['a list', z.array(z.enum(['day', 'hour'])), 'a list of `"day"`, `"hour"`'],
  ['alternatives', z.union([z.array(z.string()), z.boolean()]), 'a list of text or true or false'],
  [
    'objects that a field tells apart',
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('trees'), depth: z.int() }),
      z.strictObject({ type: z.literal('line') }),
    ]),
    'an object with type `"trees"` or `"line"`',
  ],
] as const)('%s is described', ([, schema, words]) => {
  expect(wordsOf(schema)).toBe(words)
})
