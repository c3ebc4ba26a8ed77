import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Versions of what computes beside our own code; its results may change with them. */
export type LibraryVersions = Readonly<Record<'onnxruntime' | 'duckdb', string>>

/** Read from the installed packages, without loading them. */
export function readLibraryVersions(): LibraryVersions {
  return { onnxruntime: versionOf('onnxruntime-node'), duckdb: versionOf('@duckdb/node-bindings') }
}

function versionOf(name: string): string {
  const require = createRequire(import.meta.url)
  const folders = require.resolve.paths(name) ?? []
  for (const folder of folders) {
    const version = readVersion(join(folder, name, 'package.json'))
    if (version !== null) return version
  }
  throw new Error(`the package ${name} is not installed beside ${dirname(import.meta.filename)}`)
}

function readVersion(file: string): string | null {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
  } catch {
    return null
  }
}
