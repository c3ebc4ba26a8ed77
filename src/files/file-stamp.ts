import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'

/** What tells, without reading it, that a file is most likely still the same. */
export interface FileStamp {
  /** Absolute. */
  path: string
  sizeBytes: number
  mtimeMs: number
  /** Of the last change to content or attributes: catches a file whose modification time was set back. */
  ctimeMs: number
  inode: number
}

export async function fileStamp(path: string): Promise<FileStamp> {
  const { size, mtimeMs, ctimeMs, ino } = await stat(path)
  return { path: resolve(path), sizeBytes: size, mtimeMs, ctimeMs, inode: ino }
}
