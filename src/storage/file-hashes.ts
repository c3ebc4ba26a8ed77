import type { FileStamp } from '../files/file-stamp.ts'
import type { Sql } from './sql.ts'

export interface FileHashes {
  /** The content hash of a file that looks unchanged, else null. */
  get(stamp: FileStamp): string | null
  /**
   * Remembers a content hash. One taken within 2 s of the file's last change is not kept: the file could change
   * again within the resolution of its time stamp.
   */
  put(stamp: FileStamp, sha256: string, options: { now: number }): void
}

const trustedAfterMs = 2_000

export function createFileHashes(sql: Sql): FileHashes {
  return {
    get: (stamp) =>
      sql.get<{ sha256: string }>(
        `select sha256 from file_hashes where path = :path and size_bytes = :sizeBytes and mtime_ms = :mtimeMs
           and ctime_ms = :ctimeMs and inode = :inode`,
        { ...stamp },
      )?.sha256 ?? null,
    put(stamp, sha256, { now }) {
      if (now - Math.max(stamp.mtimeMs, stamp.ctimeMs) < trustedAfterMs) return
      sql.run(
        `insert or replace into file_hashes (path, size_bytes, mtime_ms, ctime_ms, inode, sha256)
         values (:path, :sizeBytes, :mtimeMs, :ctimeMs, :inode, :sha256)`,
        { ...stamp, sha256 },
      )
    },
  }
}
