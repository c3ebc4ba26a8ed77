import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { readText } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

const head = 'n,w,t\n' + '1.5,3,a\n'.repeat(20_001)

const usual = [1.5, 3, 'a']

test.each([
  ['a sign in the wrong place', '1-2,3,a\n1.5,4,b\n', ['1-2,3,a: wrong-type'], [1.5, 4, 'b']],
  ['a point in a whole number', '1,3.5,a\n', ['1,3.5,a: wrong-type'], usual],
  ['too large a number', '1,12345678901234567890,a\n', ['1,12345678901234567890,a: out-of-range'], usual],
  ['a word among numbers', 'x,3,a\n', ['x,3,a: wrong-type'], usual],
  ['spaces around values', ' 2 , 4 , b \n', [], [2, 4, 'b']],
  ['a line that is too short', '1,2\n', ['1,2: too-few-fields'], usual],
])('rows that differ from the first 20 000 are read as ever: %s', async (_, tail, rejects, last) => {
  const { counts, values, rejected } = await readText(context, { name: 'table.csv', content: head + tail })
  expect(counts.rejected).toBe(rejects.length)
  expect(counts.kept).toBe(values.length)
  expect(rejected.map((row) => `${String(row[4])}: ${String(row[2])}`)).toEqual(rejects)
  expect(values.at(-1)).toEqual(last)
})
