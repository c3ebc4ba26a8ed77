import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

const BUFFER_BYTES = 1 << 20

/** SHA-256 of a file's bytes as hex, read a buffer at a time, with its size. */
export async function sha256OfFile(path: string): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256')
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  const file = await open(path, 'r')
  try {
    for (let sizeBytes = 0; ;) {
      const { bytesRead } = await file.read(buffer, 0, BUFFER_BYTES, sizeBytes)
      if (bytesRead === 0) return { sha256: hash.digest('hex'), sizeBytes }
      hash.update(buffer.subarray(0, bytesRead))
      sizeBytes += bytesRead
    }
  } finally {
    await file.close()
  }
}

export function sha256OfText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
