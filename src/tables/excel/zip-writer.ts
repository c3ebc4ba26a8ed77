import { open, type FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { excelError } from './excel-errors.ts'

interface WrittenEntry {
  name: Buffer
  checksum: number
  packedBytes: number
  unpackedBytes: number
  offset: number
}

// Excel does not open archives whose sizes take more than 32 bits.
const MAX_BYTES = 0xffffffff
/** 1980-01-01, the first day of a zip archive, so that equal content gives equal bytes. */
const FIRST_DAY = 0x0021

/** Writes a zip archive, one deflated file after the other, each as it comes (PKWARE APPNOTE 6.3). */
export class ZipWriter {
  static async create(path: string): Promise<ZipWriter> {
    return new ZipWriter(await open(path, 'w'))
  }

  readonly #file: FileHandle
  readonly #entries: WrittenEntry[] = []
  #position = 0

  private constructor(file: FileHandle) {
    this.#file = file
  }

  async add(name: string, content: Iterable<string> | AsyncIterable<string>): Promise<void> {
    const entry = {
      name: Buffer.from(name),
      checksum: 0,
      packedBytes: 0,
      unpackedBytes: 0,
      offset: this.#position,
    }
    // The sizes are known afterwards; then this is written again.
    await this.#write(localHeader(entry))
    await pipeline(
      Readable.from(this.#measured(content, entry)),
      createDeflateRaw({ level: 6 }),
      async (packed: AsyncIterable<Buffer>) => {
        for await (const bytes of packed) {
          entry.packedBytes += bytes.length
          await this.#write(bytes)
        }
      },
    )
    const header = localHeader(entry)
    await this.#file.write(header, 0, header.length, entry.offset)
    this.#entries.push(entry)
  }

  async finish(): Promise<void> {
    const directory = Buffer.concat(this.#entries.map(directoryEntry))
    const end = Buffer.alloc(22)
    end.writeUInt32LE(0x06054b50, 0)
    end.writeUInt16LE(this.#entries.length, 8)
    end.writeUInt16LE(this.#entries.length, 10)
    end.writeUInt32LE(directory.length, 12)
    end.writeUInt32LE(this.#position, 16)
    await this.#write(Buffer.concat([directory, end]))
  }

  close(): Promise<void> {
    return this.#file.close()
  }

  async *#measured(
    content: Iterable<string> | AsyncIterable<string>,
    entry: WrittenEntry,
  ): AsyncIterable<Buffer> {
    for await (const text of content) {
      const bytes = Buffer.from(text)
      entry.checksum = crc32(bytes, entry.checksum)
      entry.unpackedBytes += bytes.length
      if (entry.unpackedBytes > MAX_BYTES) throw excelError('too-much-to-write')
      yield bytes
    }
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#position + bytes.length > MAX_BYTES) throw excelError('too-much-to-write')
    let written = 0
    while (written < bytes.length) {
      const { bytesWritten } = await this.#file.write(
        bytes,
        written,
        bytes.length - written,
        this.#position + written,
      )
      written += bytesWritten
    }
    this.#position += bytes.length
  }
}

function localHeader(entry: WrittenEntry): Buffer {
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  writeFacts(header, 4, entry)
  return Buffer.concat([header, entry.name])
}

function directoryEntry(entry: WrittenEntry): Buffer {
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(20, 4)
  writeFacts(header, 6, entry)
  header.writeUInt32LE(entry.offset, 42)
  return Buffer.concat([header, entry.name])
}

/** What both kinds of header say, in the same order. */
function writeFacts(
  header: Buffer,
  at: number,
  { name, checksum, packedBytes, unpackedBytes }: WrittenEntry,
): void {
  const [version, isUtf8, deflated] = [20, 0x0800, 8]
  header.writeUInt16LE(version, at)
  header.writeUInt16LE(isUtf8, at + 2)
  header.writeUInt16LE(deflated, at + 4)
  header.writeUInt16LE(FIRST_DAY, at + 8)
  header.writeUInt32LE(checksum, at + 10)
  header.writeUInt32LE(packedBytes, at + 14)
  header.writeUInt32LE(unpackedBytes, at + 18)
  header.writeUInt16LE(name.length, at + 22)
}
