import { open, stat, type FileHandle } from 'node:fs/promises'
import { reasonOfFailure } from '../../files/reason-of-failure.ts'
import { readError } from './read-errors.ts'

/** Opens a file; says in the words of a reader why that cannot be. */
export async function openToRead(path: string): Promise<{ file: FileHandle; sizeBytes: number }> {
  const info = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' || cause.code === 'ENOTDIR'
      ? readError('not-found', { file: path }, { cause })
      : readError('not-readable', { file: path, reason: reasonOfFailure(cause) }, { cause })
  })
  if (info.isDirectory()) throw readError('is-folder', { file: path })
  const file = await open(path, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw readError('not-readable', { file: path, reason: reasonOfFailure(cause) }, { cause })
  })
  return { file, sizeBytes: info.size }
}
