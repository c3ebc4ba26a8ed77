import { ownValue } from '../core/own-value.ts'
import { onnxError } from './errors.ts'
import type { ModelPort } from './read-model.ts'

export type InputColumn = Float64Array | Float32Array | readonly string[]

type GivenColumns = { rows: number; columns: Readonly<Record<string, InputColumn>> }

/**
 * The values of an input, once they are as the runtime needs them: it reads texts up to the first NUL, fails on a
 * null text, and stretches columns that are too short without a word.
 */
export function checkedColumn(port: ModelPort, chunk: GivenColumns): InputColumn {
  const column = shapedColumn(port, chunk)
  if (Array.isArray(column))
    for (let index = 0; index < column.length; index++) checkText(port, column[index], index)
  return column
}

/** The values of an input, of the right type and number. Texts among them may be anything yet. */
export function shapedColumn(port: ModelPort, chunk: GivenColumns): InputColumn {
  const column = ownValue(chunk.columns, port.name)
  if (!column) throw onnxError('column-missing', { column: port.name })
  const given = typeOf(column)
  if (given !== port.type)
    throw onnxError('column-type', {
      column: port.name,
      wanted: describe(port.type),
      given: describe(given),
    })
  const wanted = chunk.rows * port.width
  if (column.length !== wanted)
    throw onnxError('column-length', { column: port.name, given: column.length, wanted })
  return column
}

/** Throws where the runtime could not read a text. `index` is its place in the column. */
export function checkText({ name, width }: ModelPort, text: unknown, index: number): void {
  const place = () => ({ column: name, row: Math.floor(index / width) + 1 })
  if (typeof text !== 'string') throw onnxError('text-null', place())
  if (text.includes('\0')) throw onnxError('text-unusable', { ...place(), problem: 'the character NUL' })
  if (!text.isWellFormed())
    throw onnxError('text-unusable', { ...place(), problem: 'half of a Unicode character' })
}

function typeOf(column: InputColumn): 'float32' | 'float64' | 'string' {
  if (column instanceof Float64Array) return 'float64'
  return column instanceof Float32Array ? 'float32' : 'string'
}

function describe(type: string): string {
  return type === 'string' ? 'texts' : `numbers (${type})`
}
