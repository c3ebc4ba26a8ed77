import { describe, expect, it } from 'vitest'
import { stickyKeysOf } from '../../../src/serving/traffic/sticky-keys.ts'

const keys = (stickyBy: string | null, values: readonly unknown[], header?: unknown) =>
  stickyKeysOf(stickyBy, {
    header: (name) => (name === 'x-customer' ? header : undefined),
    column: (name) => (name === 'customer' ? values : undefined),
  })

describe('sticky keys', () => {
  it('are the same for a value whatever protocol says it', () => {
    expect(keys('customer', ['42', 42, 42n])).toEqual(['42', '42', '42'])
    expect(keys('customer', [true, 'true'])).toEqual(['true', 'true'])
  })

  it('are none where there is no value, in the words of any protocol', () => {
    expect(keys('customer', ['a', '', null, undefined, Number.NaN, {}, []])).toEqual([
      'a',
      ...Array<null>(6).fill(null),
    ])
    expect(keys('customer', ['', null])).toBeUndefined()
    expect(keys('other', ['a'])).toBeUndefined()
    expect(keys(null, ['a'])).toBeUndefined()
  })

  it('come once for all rows from a header, whatever its case', () => {
    expect(keys('header:X-Customer', ['a', 'b'], 'z')).toEqual(['z'])
    expect(keys('header:X-Customer', ['a', 'b'])).toBeUndefined()
  })
})
