import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  fingerprintsByType,
  fingerprintsOfBuild,
  fingerprintsOfSources,
} from '../../../src/engine/runner-fingerprint.ts'

let folder: string
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
const list = (): string => join(folder, 'runners.ts')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipewright-fingerprint-'))
  write(
    'runners.ts',
    `export const runners = {
       'a.one': () => import('./one.ts'),
       "a.two": () =>
         import("./two.ts"),
     }`,
  )
  write(
    'one.ts',
    `import { deep } from './deep.ts'\nimport type { T } from './types-only.ts'\nexport const run = deep`,
  )
  write(
    'two.ts',
    `import {\n  deep,\n} from './deep.ts'\nexport { late } from './late.ts'\nimport './side-effect.ts'`,
  )
  write('deep.ts', `import { one } from './one.ts'\nexport const deep = () => import('./lazy.ts')`)
  write('late.ts', 'export const late = new URL("./query.sql", import.meta.url)')
  for (const name of ['lazy.ts', 'side-effect.ts', 'query.sql', 'types-only.ts']) write(name, 'export {}')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('the fingerprint of a runner', () => {
  const changes = [
    { file: 'one.ts', text: 'export const run = 1', changed: ['a.one', 'a.two'] },
    { file: 'two.ts', text: 'export const run = 2', changed: ['a.two'] },
    { file: 'lazy.ts', text: 'export const lazy = 1', changed: ['a.one', 'a.two'] },
    { file: 'late.ts', text: 'export const late = 1', changed: ['a.two'] },
    { file: 'side-effect.ts', text: 'console.log(1)', changed: ['a.two'] },
    { file: 'query.sql', text: 'select 1', changed: ['a.two'] },
    { file: 'types-only.ts', text: 'export type T = string', changed: [] },
  ]
  it.each(changes)('changes for $changed when $file changes', ({ file, text, changed }) => {
    const fingerprints = fingerprintsOfSources(list())
    const before = ['a.one', 'a.two'].map((type) => fingerprints.of(type))
    const allBefore = fingerprints.all()
    write(file, text)
    const after = ['a.one', 'a.two'].map((type) => fingerprints.of(type))
    const found = ['a.one', 'a.two'].filter((_, index) => before[index] !== after[index])
    expect(found).toEqual(changed)
    expect(fingerprints.all() === allBefore).toBe(changed.length === 0)
  })

  it('does not depend on when files were written', () => {
    const before = fingerprintsOfSources(list()).of('a.two')
    utimesSync(join(folder, 'deep.ts'), 1, 1)
    expect(fingerprintsOfSources(list()).of('a.two')).toBe(before)
  })

  it('stays the same within a run, whatever happens to the sources meanwhile', () => {
    const fingerprints = fingerprintsOfSources(list())
    const run = fingerprints.snapshot()
    const before = run.of('a.two')
    for (const { file, text } of changes) write(file, text)
    expect(run.of('a.two')).toBe(before)
    expect(fingerprints.snapshot().of('a.two')).not.toBe(before)
  })

  it('can be made beforehand for a built product', () => {
    const built = fingerprintsOfBuild(fingerprintsByType(list()))
    expect(built.of('a.one')).toBe(fingerprintsOfSources(list()).of('a.one'))
  })

  it('is refused for a type without a runner', () => {
    expect(() => fingerprintsOfSources(list()).of('a.three')).toThrow('no runner for the node type a.three')
    expect(() => fingerprintsOfBuild({}).of('a.three')).toThrow('no runner for the node type a.three')
  })
})
