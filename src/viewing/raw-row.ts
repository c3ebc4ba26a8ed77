import type { RawValue } from '../contract/model-details.ts'
import type { StartColumn } from '../core/artifacts.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import { rowReader } from '../tables/row-reader.ts'

/** The values of one request as a model gets them, by the rules of its columns; or what is wrong with them. */
export function readRawRow(
  inputs: readonly StartColumn[],
  row: Readonly<Record<string, RawValue>>,
): { chunk: ColumnChunk } | { problems: { input: string; message: string }[] } {
  const read = rowReader(inputs).readObjects([row])
  if ('columns' in read) return { chunk: read }
  return { problems: read.map(({ field, message }) => ({ input: field, message })) }
}
