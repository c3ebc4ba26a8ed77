import { copyFile, rename } from 'node:fs/promises'

/** Moves a file, between file systems too. What is left there in that case is removed by others. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await copyFile(from, to)
  }
}
