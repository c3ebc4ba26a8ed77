import { readdir, stat } from 'node:fs/promises'
import { join, matchesGlob } from 'node:path'

/** A file that is still being written changes: one that was left alone for this long is whole. */
const settledMs = 2_000

export interface DroppedFile {
  file: string
  /** Time and size: a changed file is another one. */
  stamp: string
  changedAt: number
}

/** Files of a folder, the oldest change first; those that still change are left for later. */
export async function listDropped(
  folder: string,
  { pattern, now }: { pattern: string; now: number },
): Promise<DroppedFile[]> {
  const names = await readdir(folder).catch(() => [])
  const files: DroppedFile[] = []
  for (const name of names) {
    if (name.startsWith('.') || !matchesGlob(name, pattern)) continue
    const file = join(folder, name)
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) continue
    // What is moved into the folder keeps the time of its content.
    const changedAt = Math.ceil(Math.max(found.mtimeMs, found.ctimeMs))
    if (now - changedAt >= settledMs) files.push({ file, stamp: `${found.mtimeMs}-${found.size}`, changedAt })
  }
  return files.toSorted((a, b) => a.changedAt - b.changedAt || (a.file < b.file ? -1 : 1))
}
