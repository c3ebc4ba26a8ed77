import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

/** Packages that are loaded with a module: by what it imports statically, types aside. */
function packagesLoadedWith(entry: string): Set<string> {
  const packages = new Set<string>()
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const text = readFileSync(file, 'utf8')
    for (const [, type, specifier = ''] of text.matchAll(
      /^(?:import|export)\s+(type\s)?(?:[\w\s{},*]+?from\s+)?'([^']+)'/gm,
    )) {
      if (type !== undefined || specifier.startsWith('node:')) continue
      if (specifier.endsWith('.ts') && specifier.startsWith('.')) visit(resolve(dirname(file), specifier))
      else if (!specifier.startsWith('.')) packages.add(packageOf(specifier))
    }
  }
  visit(join(root, entry))
  return packages
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

describe('what is loaded', () => {
  it('for help is the parser of the command line and nothing else', () => {
    expect([...packagesLoadedWith('src/hosts/cli/main.ts')]).toEqual(['commander'])
  })

  it('to work on a workspace are neither DuckDB nor ONNX Runtime: they are for step workers', () => {
    const packages = new Set([
      ...packagesLoadedWith('src/hosts/open-host.ts'),
      ...packagesLoadedWith('src/hosts/cli/commands/run.ts'),
      ...packagesLoadedWith('nodes/definitions.ts'),
    ])
    expect(packages).toContain('better-sqlite3')
    expect(packages).toContain('zod')
    expect([...packages].filter((name) => /duckdb|onnxruntime|^ws$/.test(name))).toEqual([])
  })
})
