import type { FileStamp } from '../files/file-stamp.ts'

export interface FileHashes {
  /** The content hash of a file that looks unchanged, else null. */
  get(stamp: FileStamp): string | null
  /**
   * Remembers a content hash. One taken within 2 s of the file's last change is not kept: the file could change
   * again within the resolution of its time stamp.
   */
  put(stamp: FileStamp, sha256: string, options: { now: number }): void
}
