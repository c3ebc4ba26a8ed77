import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { didYouMean, nearestName } from '../../../src/core/nearest-name.ts'

describe('nearestName', () => {
  test.for([
    ['verison', ['version', 'params'], 'version'],
    ['AGE', ['age', 'wage'], 'age'],
    ['incme', ['outcome', 'income'], 'income'],
    ['ab', ['xy'], undefined],
    ['nonsense', ['age', 'income'], undefined],
    ['feature.splt', ['features.split', 'features.scale'], 'features.split'],
    ['x', [], undefined],
    ['egdes', ['nodes', 'edges'], 'edges'],
    ['date', ['target', 'datetimeOfDay', 'dateday'], 'dateday'],
    ['regist', ['casual', 'registered'], 'registered'],
    ['parameters', ['type', 'version', 'params'], 'params'],
    ['hour_of_day', ['weekday', 'hour'], 'hour'],
    ['ag', ['aggregated'], undefined],
  ] as const)('%s among %j', ([name, names, near]) => {
    expect(nearestName(name, names)).toBe(near)
  })

  test('takes the first of those that are equally near', () => {
    expect(nearestName('cat', ['bat', 'rat'])).toBe('bat')
  })
})

test('nearestName finds what the whole table of distances gives, else what shares the start', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 's'), maxLength: 12 })
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 6 }), (name, names) => {
      const limit = Math.max(2, Math.floor(name.length / 3))
      const near = names
        .map((candidate) => ({ candidate, distance: alignmentDistance(name, candidate) }))
        .filter(
          ({ candidate, distance }) =>
            distance <= limit && distance < Math.max(name.length, candidate.length),
        )
        .toSorted((a, b) => a.distance - b.distance)
      const stem = (text: string) => text.replace(/s$/, '')
      const begins = (one: string, other: string) => one.length >= 3 && other.startsWith(one)
      const related = names
        .filter((each) => begins(stem(name), stem(each)) || begins(stem(each), stem(name)))
        .toSorted((a, b) => a.length - b.length)
      expect(nearestName(name, names)).toBe(near[0]?.candidate ?? related[0])
    }),
    { numRuns: 2000 },
  )
})

function alignmentDistance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const table = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      table[i]![j] = Math.min(
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + Number(a[i - 1] !== b[j - 1]),
        swapped ? table[i - 2]![j - 2]! + 1 : Infinity,
      )
    }
  return table[a.length]![b.length]!
}

test('didYouMean says another sentence when no name is near', () => {
  expect(didYouMean('agee', ['age'], 'Choose one.')).toBe('Did you mean “age”?')
  expect(didYouMean('zzz', ['age'], 'Choose one.')).toBe('Choose one.')
})
