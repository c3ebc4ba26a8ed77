import { readdir, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import type { FileEntry } from '../contract/files-contract.ts'
import { reasonOfFailure } from '../files/reason-of-failure.ts'
import { filesError } from './errors.ts'

const dataEndings = new Set(['.csv', '.tsv', '.txt', '.json', '.jsonl', '.ndjson', '.parquet', '.xlsx'])
/** More than anybody reads in a list. */
const mostEntries = 5_000

/** What a folder holds, folders first, without what is hidden. */
export async function listFolder(folder: string): Promise<FileEntry[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw filesError('unreadable', { path: folder, problem: reasonOfFailure(cause) }, { cause })
  })
  const visible = names.filter((name) => !name.startsWith('.')).slice(0, mostEntries)
  const entries = await Promise.all(visible.map((name) => entryOf(join(folder, name), name)))
  return entries
    .filter((entry) => entry !== null)
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en', { numeric: true }))
}

const rank = ({ kind }: FileEntry): number => (kind === 'folder' ? 0 : 1)

/** Null for what is neither file nor folder, or is gone by now. */
async function entryOf(path: string, name: string): Promise<FileEntry | null> {
  const found = await stat(path).catch(() => null)
  if (!found || !(found.isFile() || found.isDirectory())) return null
  const kind = found.isDirectory() ? 'folder' : kindOf(name)
  return { name, path, kind, sizeBytes: found.isFile() ? found.size : 0, modifiedAt: found.mtimeMs }
}

export function kindOf(name: string): 'pipeline' | 'data' | 'other' {
  if (name.endsWith('.pipeline.json')) return 'pipeline'
  return dataEndings.has(extname(name).toLowerCase()) ? 'data' : 'other'
}

/** The folder above, where it may be looked at. */
export function parentOf(folder: string, isAllowed: (path: string) => boolean): string | null {
  const parent = dirname(folder)
  return parent !== folder && isAllowed(parent) ? parent : null
}
