import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { syncFile, syncFolder } from './sync-to-disk.ts'

/**
 * Writes a folder of files so that it is there whole or not at all: `write` fills a temporary one beside it, which is
 * flushed to disk and renamed. A folder that is there is moved away first, and back if that fails.
 */
export async function writeFolderAtomically(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  const parent = dirname(path)
  const hidden = join(parent, `.${basename(path)}.${randomUUID()}`)
  const [made, old] = [`${hidden}.tmp`, `${hidden}.old`]
  await mkdir(made, { recursive: true })
  try {
    await write(made)
    for (const name of await readdir(made)) await syncFile(join(made, name))
    await syncFolder(made)
    const isReplaced = await moveAway(path, old)
    await rename(made, path).catch(async (error: unknown) => {
      if (isReplaced) await rename(old, path)
      throw error
    })
    await syncFolder(parent)
  } finally {
    await rm(made, { recursive: true, force: true })
    await rm(old, { recursive: true, force: true })
  }
}

/** False where nothing is there. */
async function moveAway(path: string, to: string): Promise<boolean> {
  try {
    await rename(path, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return false
  }
}
