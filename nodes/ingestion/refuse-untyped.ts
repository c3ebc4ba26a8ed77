import type { StartColumn } from '../../src/core/artifacts.ts'
import { ownValue } from '../../src/core/own-value.ts'
import { readError } from '../../src/tables/read-file/read-errors.ts'
import type { ReaderParams } from './reader-params.ts'

/** A header alone says nothing of types, so that every step behind would complain of columns of text. */
export function refuseUntyped(
  columns: readonly StartColumn[],
  { path, types, formats }: Pick<ReaderParams, 'types' | 'formats'> & { path: string },
): void {
  const isTyped = ({ name }: StartColumn) =>
    ownValue(types, name) !== undefined || ownValue(formats, name) !== undefined
  if (!columns.every(isTyped)) throw readError('no-rows', { file: path })
}
