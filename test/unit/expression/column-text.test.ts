import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnText } from '../../../src/core/expression/column-text.ts'
import { parseExpression } from '../../../src/core/expression/parse-expression.ts'

test.for([
  ['Embarked', 'Embarked'],
  ['Total Charges', '"Total Charges"'],
  ['say "x"', '"say ""x"""'],
  ['Not', '"Not"'],
  ['1st', '"1st"'],
  ['größe', 'größe'],
])('%s is written as %s', ([name, text]) => {
  expect(columnText(name!)).toBe(text)
})

test('every name of a column reads back as itself', () => {
  const name = fc
    .oneof(fc.string({ minLength: 1 }), fc.string({ minLength: 1, unit: 'binary' }))
    .filter((text) => !text.includes('\0') && text.isWellFormed())
  fc.assert(
    fc.property(name, (given) => {
      expect(parseExpression(columnText(given)).root).toMatchObject({ kind: 'column', name: given })
    }),
    { numRuns: 1000 },
  )
})
