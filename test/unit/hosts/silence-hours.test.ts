import { expect, it } from 'vitest'
import { silenceHours } from '../../../src/hosts/cli/program/alert-options.ts'

it('takes hours of a silence up to a year, and names the range for others', () => {
  expect(['0.5', '8', '8760'].map(silenceHours)).toEqual([0.5, 8, 8_760])
  for (const text of ['-3', '0', '1e9', '8760.1', 'long', ' ', 'NaN'])
    expect(() => silenceHours(text)).toThrow('Give a number above 0, and at most 8760 (a year).')
})
