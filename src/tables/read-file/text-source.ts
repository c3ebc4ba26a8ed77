import { open, type FileHandle } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import type { TextEncoding } from './read-options.ts'

/** A file's text as UTF-8 bytes, without a byte order mark. */
export interface TextSource {
  /** True where the bytes are the file's own, so that DuckDB can read the file as it is. */
  readonly isOriginal: boolean
  /** True where what could not be decoded became U+FFFD. */
  readonly marksBadCharacters: boolean
  /** At least as many bytes as there are. */
  readonly sizeBytes: number
  /** Fills the target from an offset on; resolves to the number of bytes, 0 at the end. */
  read(target: Buffer, offset: number): Promise<number>
  close(): Promise<void>
}

const READ_BYTES = 1 << 20

export async function openTextSource(path: string, encoding: TextEncoding): Promise<TextSource> {
  const file = await open(path, 'r')
  try {
    const mark = byteOrderMark(encoding)
    const start = Buffer.alloc(mark.length)
    await file.read(start, 0, mark.length, 0)
    const position = mark.length > 0 && start.equals(mark) ? mark.length : 0
    const { size } = await file.stat()
    return encoding === 'utf-8'
      ? new Utf8Source(file, { position, sizeBytes: size })
      : new DecodedSource(file, { position, encoding, sizeBytes: size * 3 })
  } catch (error) {
    await file.close()
    throw error
  }
}

function byteOrderMark(encoding: TextEncoding): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.of(0xef, 0xbb, 0xbf)
    case 'utf-16le':
      return Buffer.of(0xff, 0xfe)
    case 'utf-16be':
      return Buffer.of(0xfe, 0xff)
    case 'latin-1':
    case 'windows-1252':
      return Buffer.alloc(0)
  }
}

class Utf8Source implements TextSource {
  readonly isOriginal: boolean
  readonly marksBadCharacters = false
  readonly sizeBytes: number
  readonly #file: FileHandle
  #position: number

  constructor(file: FileHandle, options: { position: number; sizeBytes: number }) {
    this.#file = file
    this.#position = options.position
    this.sizeBytes = options.sizeBytes
    this.isOriginal = options.position === 0
  }

  async read(target: Buffer, offset: number): Promise<number> {
    const { bytesRead } = await this.#file.read(target, offset, target.length - offset, this.#position)
    this.#position += bytesRead
    return bytesRead
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

class DecodedSource implements TextSource {
  readonly isOriginal = false
  readonly marksBadCharacters: boolean
  readonly sizeBytes: number
  readonly #file: FileHandle
  readonly #raw = Buffer.alloc(READ_BYTES)
  readonly #decode: (bytes: Buffer, isLast: boolean) => string
  #position: number
  #pending = Buffer.alloc(0)
  #isAtEnd = false

  constructor(
    file: FileHandle,
    options: { position: number; encoding: Exclude<TextEncoding, 'utf-8'>; sizeBytes: number },
  ) {
    this.#file = file
    this.#position = options.position
    this.sizeBytes = options.sizeBytes
    this.#decode = decoderOf(options.encoding)
    this.marksBadCharacters = options.encoding === 'utf-16le' || options.encoding === 'utf-16be'
  }

  async read(target: Buffer, offset: number): Promise<number> {
    while (this.#pending.length === 0 && !this.#isAtEnd) {
      const { bytesRead } = await this.#file.read(this.#raw, 0, READ_BYTES, this.#position)
      this.#position += bytesRead
      this.#isAtEnd = bytesRead === 0
      this.#pending = Buffer.from(this.#decode(this.#raw.subarray(0, bytesRead), this.#isAtEnd), 'utf8')
    }
    const count = this.#pending.copy(target, offset)
    this.#pending = this.#pending.subarray(count)
    return count
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

function decoderOf(encoding: Exclude<TextEncoding, 'utf-8'>): (bytes: Buffer, isLast: boolean) => string {
  switch (encoding) {
    case 'utf-16le':
    case 'utf-16be': {
      const decoder = new TextDecoder(encoding, { ignoreBOM: true })
      return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast })
    }
    case 'latin-1':
      return (bytes) => bytes.toString('latin1')
    case 'windows-1252':
      return (bytes) =>
        bytes
          .toString('latin1')
          .replace(/[\x80-\x9f]/g, (control) => windows1252[control.charCodeAt(0) - 0x80]!)
  }
}

// The WHATWG Encoding Standard's windows-1252 from 0x80 to 0x9f; elsewhere it is Latin-1. Node's own decoder for it
// has taken it for Latin-1 in some versions.
const windows1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178'
