import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeDefinitions } from '../nodes/definitions.ts'
import { nodeRunners } from '../nodes/runners.ts'
import { stages } from '../src/node-kit/define-node.ts'

const root = resolve(import.meta.dirname, '..')

/** What each room may import, besides itself. A room is the longest prefix that fits a file. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  'src/files': ['src/core'],
  'src/node-kit': ['src/core'],
  'src/contract': ['src/core', 'src/node-kit'],
  'src/checks': ['src/core', 'src/node-kit'],
  'src/report-pages': ['src/core'],
  'src/tables': ['src/core', 'src/files', 'src/node-kit'],
  'src/onnx': ['src/core', 'src/files', 'src/node-kit', 'src/tables'],
  'src/recipe': ['src/core', 'src/files', 'src/node-kit', 'src/tables', 'src/onnx'],
  'src/stats': ['src/core', 'src/files', 'src/node-kit', 'src/tables', 'src/onnx'],
  'src/learn': ['src/core', 'src/files', 'src/node-kit', 'src/tables', 'src/onnx', 'src/stats'],
  'src/storage': ['src/core', 'src/files', 'src/node-kit', 'src/tables', 'src/onnx'],
  'src/engine': ['src/core', 'src/files', 'src/node-kit', 'src/checks', 'src/storage'],
  'src/viewing': [
    'src/core',
    'src/files',
    'src/node-kit',
    'src/contract',
    'src/tables',
    'src/onnx',
    'src/recipe',
    'src/learn',
    'src/storage',
    'src/engine',
  ],
  'src/serving': [
    'src/core',
    'src/files',
    'src/node-kit',
    'src/contract',
    'src/tables',
    'src/onnx',
    'src/recipe',
    'src/stats',
    'src/learn',
    'src/storage',
    'src/engine',
  ],
  'src/monitoring': [
    'src/core',
    'src/files',
    'src/node-kit',
    'src/report-pages',
    'src/contract',
    'src/tables',
    'src/onnx',
    'src/recipe',
    'src/stats',
    'src/learn',
    'src/storage',
    'src/engine',
    'src/serving',
  ],
  'src/services': [
    'src/core',
    'src/files',
    'src/node-kit',
    'src/report-pages',
    'src/checks',
    'src/contract',
    'src/storage',
    'src/engine',
    'src/viewing',
    'src/serving',
    'src/monitoring',
  ],
  'src/hosts': [
    'src/core',
    'src/files',
    'src/node-kit',
    'src/report-pages',
    'src/checks',
    'src/contract',
    'src/storage',
    'src/engine',
    'src/viewing',
    'src/serving',
    'src/monitoring',
    'src/services',
    'nodes',
  ],
  nodes: [
    'src/core',
    'src/files',
    'src/node-kit',
    'src/report-pages',
    'src/tables',
    'src/onnx',
    'src/recipe',
    'src/learn',
    'src/stats',
  ],
  electron: ['src/core', 'src/contract', 'src/engine', 'src/hosts'],
  renderer: ['src/core', 'src/contract'],
}
/** Definitions are pure data: they run in every world. */
const definitionsMayImport = ['src/core', 'src/node-kit', 'nodes']

const lineBudget = 300
/** Longer than the budget, each for a reason that a reader will see at once. */
const longFiles: Readonly<Record<string, number>> = {}

const files = ['src', 'nodes', 'electron', 'renderer'].flatMap(sourcesIn)
const importsOf = new Map(files.map((file) => [file, relativeImports(file)]))

describe('the architecture', () => {
  it('has a rule for every room', () => {
    const without = files.filter((file) => roomOf(file) === undefined)
    expect(without).toEqual([])
  })

  it('never imports upward', () => {
    const upward = files.flatMap((file) =>
      importsOf.get(file)!.flatMap((target) => {
        const from = roomOf(file)!
        const to = roomOf(target)
        const allowed = file.endsWith('/definition.ts') ? definitionsMayImport : [from, ...mayImport[from]!]
        return to !== undefined && allowed.includes(to) ? [] : [`${file} → ${target}`]
      }),
    )
    expect(upward).toEqual([])
  })

  it('has no import cycle', () => {
    expect(findCycles()).toEqual([])
  })

  it('keeps files within their budget of lines', () => {
    const tooLong = [...files, ...sourcesIn('test')]
      .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
      .filter(({ file, lines }) => lines > (longFiles[file] ?? (file.startsWith('test/') ? 500 : lineBudget)))
      .map(({ file, lines }) => `${file}: ${lines} lines`)
    expect(tooLong).toEqual([])
  })

  it('gives no file a name that explains nothing', () => {
    const vague = /(^|\/)(utils?|helpers?|common|misc|shared|types|constants|manager|index)\.tsx?$/
    expect(files.filter((file) => vague.test(file))).toEqual([])
  })

  it('lists every node that has a folder, with its runner', () => {
    const folders = stages
      .flatMap((stage) =>
        readdirSync(join(root, 'nodes', stage), { withFileTypes: true })
          .filter((node) => node.isDirectory())
          .map((node) => `${stage}.${node.name}`),
      )
      .toSorted()
    expect(nodeDefinitions.map((definition) => definition.id).toSorted()).toEqual(folders)
    const expanded = nodeDefinitions.filter(({ isExpanded }) => isExpanded).map(({ id }) => id as string)
    expect(Object.keys(nodeRunners).concat(expanded).toSorted()).toEqual(folders)
  })

  it('states a reason for every dependency', () => {
    const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>
    const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
    const unexplained = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).filter(
      (name) => !page.includes(`\`${name}\``),
    )
    expect(unexplained).toEqual([])
  })
})

function sourcesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).split(sep).join('/'))
    .filter(
      (path) => /\.tsx?$/.test(path) && !path.includes('/fixtures/') && statSync(join(root, path)).isFile(),
    )
    .toSorted()
}

function relativeImports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found = text.matchAll(
    /^\s*(?:import|export)\s[^'"`;]*?['"](\.{1,2}\/[^'"]+)['"]|\bimport\(\s*['"](\.{1,2}\/[^'"]+)['"]/gm,
  )
  return [...found]
    .map((match) => relative(root, resolve(root, dirname(file), match[1] ?? match[2]!)))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.tsx?$/.test(path))
}

function roomOf(file: string): string | undefined {
  return Object.keys(mayImport).find((room) => file.startsWith(`${room}/`))
}

function findCycles(): string[] {
  const cycles: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    state.set(file, 'open')
    for (const target of importsOf.get(file) ?? []) visit(target, [...path, file])
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
  return cycles
}
