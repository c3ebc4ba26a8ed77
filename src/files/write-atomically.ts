import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file so that it is there whole or not at all: `write` fills a temporary file in the same folder, which
 * is flushed to disk and renamed. Whatever goes wrong, the temporary file is gone afterwards.
 */
export async function writeAtomically(
  path: string,
  write: (temporaryPath: string) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporaryPath = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`)
  try {
    await write(temporaryPath)
    const file = await open(temporaryPath, 'r+')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporaryPath, path)
  } finally {
    await rm(temporaryPath, { force: true })
  }
}
