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
  ] as const)('%s among %j', ([name, names, near]) => {
    expect(nearestName(name, names)).toBe(near)
  })

  test('takes the first of those that are equally near', () => {
    expect(nearestName('cat', ['bat', 'rat'])).toBe('bat')
  })
})

test('didYouMean says another sentence when no name is near', () => {
  expect(didYouMean('agee', ['age'], 'Choose one.')).toBe('Did you mean “age”?')
  expect(didYouMean('zzz', ['age'], 'Choose one.')).toBe('Choose one.')
})
