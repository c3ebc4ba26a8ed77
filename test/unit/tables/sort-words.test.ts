import { array, assert, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { orderOfWords, sortWords } from '../../../src/tables/sort/sort-words.ts'

test('sorts whole numbers of 32 bits', () => {
  const words = array(integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 300 })
  assert(
    property(words, (numbers) => {
      const sorted = sortWords(Uint32Array.from(numbers))
      expect([...sorted]).toEqual(numbers.toSorted((a, b) => a - b))
    }),
  )
})

test('finds their order, equal ones as they stood', () => {
  const words = array(integer({ min: 2 ** 32 - 9, max: 2 ** 32 - 1 }), { maxLength: 50 })
  assert(
    property(words, (numbers) => {
      const order = orderOfWords(Uint32Array.from(numbers))
      const expected = [...numbers.keys()].toSorted((a, b) => numbers[a]! - numbers[b]! || a - b)
      expect([...order]).toEqual(expected)
    }),
  )
})
