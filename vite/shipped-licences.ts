import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const moduleName = 'virtual:shipped-licences'
const root = join(import.meta.dirname, '..')

interface Manifest {
  name: string
  version: string
  license?: string
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

interface Licence {
  name: string
  version: string
  licence: string
  text: string | null
}

/** Lets the window import the licences of all libraries that are shipped: its own, and those of the host. */
export function shippedLicences(): Plugin {
  return {
    name: 'shipped-licences',
    resolveId: (source) => (source === moduleName ? `\0${moduleName}` : undefined),
    load: (id) =>
      id === `\0${moduleName}` ? `export const licences = ${JSON.stringify(readLicences())}` : undefined,
  }
}

function readLicences(): Licence[] {
  const { dependencies = {} } = manifestOf(root)
  const found = new Map<string, Licence>()
  const waiting = [...Object.keys(dependencies), ...importedByWindow()].map((name) => ({ name, from: root }))
  for (const { name, from } of waiting) {
    const folder = folderOf(name, from)
    if (folder === null || found.has(folder)) continue
    const manifest = manifestOf(folder)
    const { version, license = 'unknown' } = manifest
    found.set(folder, { name: manifest.name, version, licence: license, text: textIn(folder) })
    const needed = { ...manifest.dependencies, ...manifest.optionalDependencies }
    waiting.push(...Object.keys(needed).map((each) => ({ name: each, from: folder })))
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/** Names of the packages that the sources of the window import. */
function importedByWindow(): Set<string> {
  const imported = /(?:from|import\(|@import)\s*'((?:@[\w-]+\/)?[\w-][\w.-]*)[^']*'/g
  return new Set(
    globSync('renderer/**/*.{ts,tsx,css}', { cwd: root }).flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(imported)].flatMap(([, name]) => name ?? []),
    ),
  )
}

/** Where a package is that another one needs; null where it is not installed, as those for other systems. */
function folderOf(name: string, from: string): string | null {
  const own = join(from, 'node_modules', name)
  if (existsSync(join(own, 'package.json'))) return own
  return from === root ? null : folderOf(name, from.slice(0, from.lastIndexOf('node_modules') - 1))
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest

function textIn(folder: string): string | null {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name))
  return file === undefined ? null : readFileSync(join(folder, file), 'utf8').trim()
}
