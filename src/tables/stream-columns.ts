import type { DuckDBDataChunk } from '@duckdb/node-api'
import {
  ChunkBuilder,
  type Part,
  type Picked,
  type StreamedCodes,
  type StreamedColumn,
} from './chunk-builder.ts'
import { isCoded, type CodedTexts } from './coded-texts.ts'
import { CHUNK_ROWS } from './column-chunk.ts'
import type { DuckDb } from './open-duckdb.ts'
import { quoteName } from './quote.ts'
import { TextCoder } from './text-coder.ts'
import { textBytesOfVector } from './text-vector.ts'
import { float64ViewOfVector, nullsOfVector, vectorMemory } from './vectors.ts'

/** Rows of a part at most: as many as DuckDB gives at once. */
export const PART_ROWS = 2048

/** Columns that come in parts. */
export interface PartSource {
  columns: readonly StreamedColumn[]
  parts: AsyncIterable<Part> | Iterable<Part>
  /** Told at the end of a chunk, with the part's rows behind it: the next may have another list of texts. */
  onChunk?: (part: Part, rest: Picked) => Part
}

/**
 * The rows of some parts in chunks of exactly `chunkRows` rows but for the last, in order. `keep` picks rows by their
 * position in the source.
 */
export async function* chunksOf(
  { columns, parts, onChunk }: PartSource,
  { keep, chunkRows = CHUNK_ROWS }: { keep?: (row: number) => boolean; chunkRows?: number },
): AsyncIterable<StreamedCodes> {
  const chunk = new ChunkBuilder(columns, chunkRows)
  let seen = 0
  for await (const given of parts) {
    let part = given
    let picked = keep ? pickRows(part.rows, (row) => keep(seen + row)) : allRows(part.rows)
    seen += part.rows
    while (picked.length > 0) {
      picked = picked.subarray(chunk.take(part, picked))
      if (!chunk.isFull) continue
      yield chunk.flush()
      part = onChunk?.(part, picked) ?? part
    }
  }
  if (chunk.rows > 0) yield chunk.flush()
}

/** Columns of a relation (a table name, or a query in brackets), in its row order, as a model sees them. */
export function columnsOfRelation(
  database: DuckDb,
  { from, columns }: { from: string; columns: readonly StreamedColumn[] },
): PartSource {
  const selected = columns.map((column) => modelValueSql(column)).join(', ')
  const coders = columns.map(({ type }) => (type === 'text' ? new TextCoder() : null))
  const read = (chunk: DuckDBDataChunk): Part => ({
    rows: chunk.rowCount,
    values: coders.map((coder, index) => {
      const memory = vectorMemory(chunk, index)
      if (!coder) return float64ViewOfVector(memory)
      const codes = coder.codes(textBytesOfVector(memory, nullsOfVector(memory)))
      return { codes, texts: coder.texts }
    }),
  })
  async function* parts(): AsyncIterable<Part> {
    for await (const chunk of database.stream(`SELECT ${selected || 'true'} FROM ${from}`)) yield read(chunk)
  }
  return {
    columns,
    parts: parts(),
    onChunk: (part, rest) => ({
      ...part,
      values: part.values.map((column, index) =>
        isCoded(column) && coders[index]?.isTooLong ? recoded(column, rest, coders[index]) : column,
      ),
    }),
  }
}

/** The texts of some rows as codes of a list that begins with them. */
function recoded({ codes, texts }: CodedTexts, rows: Picked, coder: TextCoder): CodedTexts {
  coder.startAnew()
  for (const row of rows) codes[row] = coder.codeOf(texts[codes[row]!]!)
  return { codes, texts: coder.texts }
}

/** A column as the float64 or text that a model sees. */
function modelValueSql({ name, type }: StreamedColumn): string {
  const column = quoteName(name)
  switch (type) {
    case 'text':
      return column
    case 'number':
    case 'integer':
    case 'boolean':
      return `coalesce(${column}::DOUBLE, 'nan'::DOUBLE)`
    case 'date':
    case 'datetime':
      return `coalesce(epoch_ms(${column}::TIMESTAMP)::DOUBLE, 'nan'::DOUBLE)`
  }
}

function pickRows(rows: number, isWanted: (row: number) => boolean): Picked {
  const picked = new Uint16Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) if (isWanted(row)) picked[count++] = row
  return picked.subarray(0, count)
}

const everyRow = Uint16Array.from({ length: PART_ROWS }, (_, row) => row)

function allRows(rows: number): Picked {
  return rows <= everyRow.length ? everyRow.subarray(0, rows) : pickRows(rows, () => true)
}
