import { fileStamp, type FileStamp } from '../files/file-stamp.ts'
import { sha256OfFile } from '../files/sha256.ts'
import { storageError } from './errors.ts'
import type { FileHashes } from './file-hashes.ts'

const attempts = 3

/**
 * SHA-256 of a file's content as hex; read only if the file seems changed since it was read last. A
 * `storage.file-changing` error when it changes while it is read, again and again.
 */
export async function hashOfFile(options: { path: string; fileHashes: FileHashes }): Promise<string> {
  const { path, fileHashes } = options
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = await fileStamp(path)
    const known = fileHashes.get(before)
    if (known !== null) return known
    const { sha256 } = await sha256OfFile(path)
    if (!isSame(before, await fileStamp(path))) continue
    fileHashes.put(before, sha256, { now: Date.now() })
    return sha256
  }
  throw storageError('file-changing', { file: path })
}

const isSame = (a: FileStamp, b: FileStamp): boolean =>
  a.sizeBytes === b.sizeBytes && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.inode === b.inode
