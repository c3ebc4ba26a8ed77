import { createHash } from 'node:crypto'
import { open, rm } from 'node:fs/promises'

const BUFFER_BYTES = 1 << 20

/**
 * Moves the bytes of some files into one, each when it comes, and tells their SHA-256 as hex and how many there are: what
 * `sha256OfFile` would say of it.
 */
export async function joinFiles(
  files: AsyncIterable<string> | Iterable<string>,
  path: string,
): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  let sizeBytes = 0
  const target = await open(path, 'w')
  try {
    for await (const file of files) {
      const source = await open(file, 'r')
      try {
        for (;;) {
          const { bytesRead } = await source.read(buffer, 0, BUFFER_BYTES)
          if (bytesRead === 0) break
          const bytes = buffer.subarray(0, bytesRead)
          hash.update(bytes)
          await target.writeFile(bytes)
          sizeBytes += bytesRead
        }
      } finally {
        await source.close()
      }
      await rm(file)
    }
    return { sha256: hash.digest('hex'), sizeBytes }
  } finally {
    await target.close()
  }
}
