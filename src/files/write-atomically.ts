import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { syncFile, syncFolder } from './sync-to-disk.ts'

/**
 * Writes a file so that it is there whole or not at all: `write` fills a temporary file in the same folder, which
 * is flushed to disk and renamed. Whatever goes wrong, the temporary file is gone afterwards.
 */
export async function writeAtomically(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const temporaryPath = join(folder, `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    await write(temporaryPath)
    await syncFile(temporaryPath)
    await rename(temporaryPath, path)
    await syncFolder(folder)
  } finally {
    await rm(temporaryPath, { force: true })
  }
}
