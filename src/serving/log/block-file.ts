import { createReadStream } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'

/*
 * A file of blocks: [length u32][CRC-32 u32][payload], little endian. A block is written by one call, so a process that
 * dies leaves at most one torn block, at the end; the CRC tells it from a whole one.
 */

const headBytes = 8
/** No writer makes a larger one: a length above it is no block. */
const mostBlockBytes = 1024 ** 3

/** Appends blocks to a file of its own. */
export interface BlockFile {
  readonly path: string
  /** Bytes written so far. */
  readonly size: number
  append(payload: Uint8Array): Promise<void>
  close(): Promise<void>
}

export async function createBlockFile(path: string): Promise<BlockFile> {
  const file = await open(path, 'ax', 0o600)
  let size = 0
  return {
    path,
    get size() {
      return size
    },
    async append(payload) {
      const head = Buffer.alloc(headBytes)
      head.writeUInt32LE(payload.byteLength, 0)
      head.writeUInt32LE(crc32(payload), 4)
      await writeWhole(file, [head, payload])
      size += headBytes + payload.byteLength
    },
    close: () => file.close(),
  }
}

async function writeWhole(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  const whole = Buffer.concat(parts)
  let written = 0
  // A full disk may take a part of it.
  while (written < whole.byteLength)
    written += (await file.write(whole, written, whole.byteLength - written)).bytesWritten
}

/** A whole block; `end` is where the next one begins. */
export interface Block {
  payload: Buffer
  end: number
}

/** Where a block begins. */
export const startOfBlock = ({ payload, end }: Block): number => end - payload.byteLength - headBytes

/**
 * The whole blocks of a file from a place where one begins, up to `to`. It ends without a word where the file ends, also within a
 * block: that one is torn, or still being written.
 */
export async function* readBlocks(path: string, from = 0, to = Infinity): AsyncGenerator<Block> {
  let pending: Buffer = Buffer.alloc(0)
  let at = from
  if (to <= from) return
  for await (const bytes of createReadStream(path, {
    start: from,
    end: to - 1,
    highWaterMark: 1024 * 1024,
  })) {
    pending = pending.byteLength === 0 ? (bytes as Buffer) : Buffer.concat([pending, bytes as Buffer])
    for (;;) {
      const block = firstBlock(pending)
      if (block === 'torn') return
      if (!block) break
      at += headBytes + block.byteLength
      pending = pending.subarray(headBytes + block.byteLength)
      yield { payload: block, end: at }
    }
  }
}

/** Null while more bytes are needed. */
function firstBlock(bytes: Buffer): Buffer | 'torn' | null {
  if (bytes.byteLength < headBytes) return null
  const length = bytes.readUInt32LE(0)
  if (length > mostBlockBytes) return 'torn'
  if (bytes.byteLength < headBytes + length) return null
  const payload = bytes.subarray(headBytes, headBytes + length)
  return crc32(payload) === bytes.readUInt32LE(4) ? payload : 'torn'
}
