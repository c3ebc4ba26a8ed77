import type { FileHandle } from 'node:fs/promises'
import { crc32, createInflateRaw } from 'node:zlib'
import { openToRead } from '../read-file/open-to-read.ts'

/** Why a zip archive, or a file in it, cannot be read. */
export class ZipProblem extends Error {
  readonly kind: 'damaged' | 'too-large'

  constructor(kind: 'damaged' | 'too-large', message: string) {
    super(message)
    this.kind = kind
  }
}

export interface ZipEntry {
  name: string
  method: number
  isEncrypted: boolean
  checksum: number
  packedBytes: number
  headerOffset: number
}

const END_BYTES = 22
const LONGEST_COMMENT = 65_535
const READ_BYTES = 1 << 18
// What is said to hold more than this is no workbook that anybody could open.
const MAX_DIRECTORY_BYTES = 16 << 20
// Deflate packs at most 1032 to 1. Sheets of equal rows reach 150 to 1; a bomb goes as far as it can.
const MAX_RATIO = 400
const RATIO_COUNTS_FROM_BYTES = 64 << 20

/**
 * A zip archive that is read as a stream, one file at a time, so that its size does not matter (PKWARE APPNOTE 6.3:
 * stored and deflated files, zip64). What is unpacked is checked against its checksum and bounded.
 */
export class ZipArchive {
  static async open(path: string): Promise<ZipArchive> {
    const { file, sizeBytes } = await openToRead(path)
    try {
      return new ZipArchive(file, await readDirectory(file, sizeBytes))
    } catch (error) {
      await file.close()
      throw error
    }
  }

  readonly #file: FileHandle
  readonly #entries: ReadonlyMap<string, ZipEntry>

  private constructor(file: FileHandle, entries: ReadonlyMap<string, ZipEntry>) {
    this.#file = file
    this.#entries = entries
  }

  has(name: string): boolean {
    return this.#entries.has(name)
  }

  /** The bytes of a file in the archive. Fails with `ZipProblem` where they are not whole, or too many. */
  async *read(name: string, limit: { maxBytes: number }): AsyncIterable<Buffer> {
    const entry = this.#entries.get(name)
    if (!entry) throw new ZipProblem('damaged', `“${name}” is missing in it`)
    if (entry.isEncrypted) throw new ZipProblem('damaged', `“${name}” is encrypted`)
    let total = 0
    let checksum = 0
    for await (const bytes of this.#unpacked(entry)) {
      total += bytes.length
      const isBomb = total > RATIO_COUNTS_FROM_BYTES && total > entry.packedBytes * MAX_RATIO
      if (total > limit.maxBytes || isBomb) {
        const mb = Math.round(total / 1e6)
        const reason = isBomb ? `${mb} MB out of ${entry.packedBytes} bytes` : `${mb} MB`
        throw new ZipProblem('too-large', `“${name}” has more than ${reason}`)
      }
      checksum = crc32(bytes, checksum)
      yield bytes
    }
    if (checksum !== entry.checksum) throw new ZipProblem('damaged', `the checksum of “${name}” is wrong`)
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async *#unpacked(entry: ZipEntry): AsyncIterable<Buffer> {
    if (entry.method === 0) {
      yield* this.#packed(entry)
      return
    }
    if (entry.method !== 8) throw new ZipProblem('damaged', `“${entry.name}” is packed in an unknown way`)
    const inflate = createInflateRaw({ chunkSize: READ_BYTES })
    const feed = this.#feed(entry, inflate)
    // Its failure comes out of the stream, too, and must not be unhandled until then.
    feed.catch(() => {})
    try {
      for await (const bytes of inflate) yield bytes as Buffer
      await feed
    } catch (error) {
      throw error instanceof ZipProblem
        ? error
        : new ZipProblem('damaged', `“${entry.name}” cannot be unpacked`)
    } finally {
      inflate.destroy()
    }
  }

  async #feed(entry: ZipEntry, inflate: ReturnType<typeof createInflateRaw>): Promise<void> {
    try {
      for await (const bytes of this.#packed(entry)) {
        if (inflate.destroyed) return
        if (!inflate.write(bytes)) await drained(inflate)
      }
      inflate.end()
    } catch (error) {
      inflate.destroy(error as Error)
    }
  }

  async *#packed({ name, headerOffset, packedBytes }: ZipEntry): AsyncIterable<Buffer> {
    const header = await readExactly(this.#file, headerOffset, 30)
    if (header.readUInt32LE(0) !== 0x04034b50)
      throw new ZipProblem('damaged', `“${name}” is not in its place`)
    let position = headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    const end = position + packedBytes
    while (position < end) {
      const bytes = await readExactly(this.#file, position, Math.min(READ_BYTES, end - position))
      position += bytes.length
      yield bytes
    }
  }
}

function drained(stream: ReturnType<typeof createInflateRaw>): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    stream.once('drain', done)
    stream.once('close', done)
  })
}

async function readDirectory(file: FileHandle, sizeBytes: number): Promise<Map<string, ZipEntry>> {
  const tailBytes = Math.min(sizeBytes, END_BYTES + LONGEST_COMMENT)
  const tail = await readExactly(file, sizeBytes - tailBytes, tailBytes)
  const at = tail.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (at < 0 || at + END_BYTES > tail.length) throw new ZipProblem('damaged', 'its directory is missing')
  const end = await zip64End(file, tail, at)
  const { offset, bytes } = end ?? { offset: tail.readUInt32LE(at + 16), bytes: tail.readUInt32LE(at + 12) }
  if (bytes > MAX_DIRECTORY_BYTES) throw new ZipProblem('too-large', 'it has too many files')
  return entriesOf(await readExactly(file, offset, bytes))
}

async function zip64End(
  file: FileHandle,
  tail: Buffer,
  at: number,
): Promise<{ offset: number; bytes: number } | null> {
  if (at < 20 || tail.readUInt32LE(at - 20) !== 0x07064b50) return null
  const end = await readExactly(file, Number(tail.readBigUInt64LE(at - 12)), 56)
  if (end.readUInt32LE(0) !== 0x06064b50) throw new ZipProblem('damaged', 'its directory is missing')
  return { bytes: Number(end.readBigUInt64LE(40)), offset: Number(end.readBigUInt64LE(48)) }
}

function entriesOf(directory: Buffer): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === 0x02014b50;) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28)
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30)
    if (extraEnd > directory.length) throw new ZipProblem('damaged', 'its directory is cut off')
    // Some programs write the separators of their system.
    const name = directory.toString('utf8', at + 46, nameEnd).replaceAll('\\', '/')
    const sizes = {
      unpackedBytes: directory.readUInt32LE(at + 24),
      packedBytes: directory.readUInt32LE(at + 20),
      headerOffset: directory.readUInt32LE(at + 42),
    }
    const { packedBytes, headerOffset } = withZip64(sizes, directory.subarray(nameEnd, extraEnd))
    entries.set(name, {
      name,
      method: directory.readUInt16LE(at + 10),
      isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      checksum: directory.readUInt32LE(at + 16),
      packedBytes,
      headerOffset,
    })
    at = extraEnd + directory.readUInt16LE(at + 32)
  }
  return entries
}

type Sizes = Record<'unpackedBytes' | 'packedBytes' | 'headerOffset', number>

/** Sizes that do not fit in 32 bits stand in an extra field, in this order. */
function withZip64(sizes: Sizes, extra: Buffer): Sizes {
  const found = { ...sizes }
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let from = at + 4
    for (const name of ['unpackedBytes', 'packedBytes', 'headerOffset'] as const) {
      if (sizes[name] !== 0xffffffff || from + 8 > extra.length) continue
      found[name] = Number(extra.readBigUInt64LE(from))
      from += 8
    }
  }
  return found
}

async function readExactly(file: FileHandle, position: number, count: number): Promise<Buffer> {
  const bytes = Buffer.alloc(count)
  let filled = 0
  while (filled < count) {
    const { bytesRead } = await file.read(bytes, filled, count - filled, position + filled)
    if (bytesRead === 0) throw new ZipProblem('damaged', 'it ends too early')
    filled += bytesRead
  }
  return bytes
}
