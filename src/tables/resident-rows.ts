import type { Part, StreamedColumn } from './chunk-builder.ts'
import type { CodedTexts } from './coded-texts.ts'
import type { PartSource } from './stream-columns.ts'

/** A part of a column as a model sees it, in numbers that are as narrow as they can be without being others. */
export type ResidentPart =
  | Float64Array
  | Float32Array
  | { codes: Uint32Array | Uint16Array | Uint8Array; texts: string[] }

/** Columns of rows, cut into parts alike. */
export interface ResidentRows {
  bytes: number
  /** Rows of each part. */
  parts: readonly number[]
  columns: ReadonlyMap<string, readonly ResidentPart[]>
}

/** So much memory may hold rows, and so much of a step's share at most. */
const MOST_BYTES = 256 << 20
const SHARE = 1 / 8
/** Steps that follow on each other do so sooner; what waits longer for work does not need the memory. */
const KEPT_MS = 30_000

/** By the hash of their artifact; what was used last stands last. */
const kept = new Map<string, ResidentRows>()
let timer: NodeJS.Timeout | undefined

/** The bytes that rows may take to be kept by a step that may use so much memory. */
export function residentBytes({ memoryMb }: { memoryMb: number }): number {
  return Math.min(MOST_BYTES, SHARE * memoryMb * 2 ** 20)
}

/**
 * Keeps the rows of an artifact in memory, others only as far as there is room for them: the next steps of a run read
 * what the last one wrote, most often in the same process. What they are is said by their hash, so nothing can be out
 * of date.
 */
export function keepResident(rows: string, resident: ResidentRows, { most }: { most: number }): void {
  kept.delete(rows)
  kept.set(rows, resident)
  let bytes = [...kept.values()].reduce((sum, each) => sum + each.bytes, 0)
  for (const [oldest, each] of kept) {
    if (bytes <= most || oldest === rows) break
    kept.delete(oldest)
    bytes -= each.bytes
  }
  stayAwhile()
}

/** The wanted columns of an artifact's rows, where all of them are in memory. */
export function residentColumns(rows: string, columns: readonly StreamedColumn[]): PartSource | null {
  const resident = kept.get(rows)
  if (!resident) return null
  kept.delete(rows)
  kept.set(rows, resident)
  stayAwhile()
  const found = columns.flatMap(({ name }) => {
    const parts = resident.columns.get(name)
    return parts ? [parts] : []
  })
  return found.length === columns.length ? { columns, parts: partsOf(resident.parts, found) } : null
}

/** All that is in memory of an artifact's rows. */
export const residentRows = (rows: string): ResidentRows | null => kept.get(rows) ?? null

export function dropResident(): void {
  kept.clear()
  clearTimeout(timer)
}

function stayAwhile(): void {
  clearTimeout(timer)
  timer = setTimeout(dropResident, KEPT_MS).unref()
}

/** As often are messages to the process heard, such as to cancel. */
const PARTS_AT_ONCE = 16

async function* partsOf(
  parts: readonly number[],
  columns: readonly (readonly ResidentPart[])[],
): AsyncIterable<Part> {
  const widths = columns.map(() => new WideValues())
  for (const [index, rows] of parts.entries()) {
    if (index % PARTS_AT_ONCE === 0) {
      await new Promise((resolve) => setImmediate(resolve))
      stayAwhile()
    }
    yield { rows, values: columns.map((column, at) => widths[at]!.of(column[index]!)) }
  }
}

/** Gives values as wide as they are wanted, in the same memory for each part. */
class WideValues {
  #numbers = new Float64Array()
  #codes = new Uint32Array()

  of(part: ResidentPart): Float64Array | CodedTexts {
    if (part instanceof Float64Array) return part
    if (part instanceof Float32Array) {
      if (this.#numbers.length < part.length) this.#numbers = new Float64Array(part.length)
      this.#numbers.set(part)
      return this.#numbers.subarray(0, part.length)
    }
    const { codes, texts } = part
    if (codes instanceof Uint32Array) return { codes, texts }
    if (this.#codes.length < codes.length) this.#codes = new Uint32Array(codes.length)
    this.#codes.set(codes)
    return { codes: this.#codes.subarray(0, codes.length), texts }
  }
}
