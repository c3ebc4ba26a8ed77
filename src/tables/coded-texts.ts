/**
 * Texts of a column as numbers: in row i stands `texts[codes[i]]`, `''` for null. Chunks of a stream share one list,
 * which grows while it is read, so that whoever computes something of a text can keep it by its code; now and then
 * another list takes its place. A text may stand in a list twice.
 */
export interface CodedTexts {
  codes: Uint32Array
  texts: string[]
}

/** Some rows of some columns, as `ColumnChunk`, with texts as codes. */
export interface CodedChunk {
  rows: number
  columns: Record<string, Float64Array | CodedTexts>
}

/** Rows of columns whose texts come one by one, or as codes. */
export interface MixedChunk {
  rows: number
  columns: Record<string, Float64Array | string[] | CodedTexts>
}

export function textsOf({ codes, texts }: CodedTexts): string[] {
  const all: string[] = []
  for (let row = 0; row < codes.length; row++) all.push(texts[codes[row]!]!)
  return all
}

/** Texts that come one by one, each with a code of its own. */
export function codedOneByOne(texts: string[]): CodedTexts {
  return { codes: Uint32Array.from({ length: texts.length }, (_, row) => row), texts }
}

type Column = MixedChunk['columns'][string]

export const isCoded = (column: Column | Float32Array): column is CodedTexts => 'codes' in column

/** A column with its texts one by one. */
export const valuesOf = <Other extends Float64Array | string[]>(column: Other | CodedTexts) =>
  isCoded(column) ? textsOf(column) : column

export function valuesOfColumns(columns: MixedChunk['columns']): Record<string, Float64Array | string[]> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, valuesOf(column)]))
}
