import { describe, expect, test } from 'vitest'
import { pathInParams, valueAt } from '../../../src/core/param-path.ts'

const params = {
  columns: [{ name: 'a' }, { name: 'b' }],
  roles: { 'a.b': 'target', a: { b: { c: 1 } } },
}

describe('pathInParams', () => {
  test.for([
    ['columns', ['columns']],
    ['columns.1.name', ['columns', 1, 'name']],
    ['roles.a.b', ['roles', 'a.b']],
    ['roles.a.b.c', ['roles', 'a', 'b', 'c']],
    ['columns.2', undefined],
    ['columns.name', undefined],
    ['nothing', undefined],
    ['columns.0.name.x', undefined],
  ] as const)('%s', ([dotted, path]) => {
    expect(pathInParams(params, dotted)).toEqual(path)
  })
})

describe('valueAt', () => {
  test('finds a value, and nothing where the path leads nowhere', () => {
    expect(valueAt(params, ['columns', 1, 'name'])).toBe('b')
    expect(valueAt(params, [])).toBe(params)
    expect(valueAt(params, ['columns', 5, 'name'])).toBeUndefined()
    expect(valueAt(params, ['constructor'])).toBeUndefined()
  })
})
