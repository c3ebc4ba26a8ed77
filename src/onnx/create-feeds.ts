import { Tensor } from 'onnxruntime-node'
import { checkedColumn, checkText, shapedColumn, type InputColumn } from './input-columns.ts'
import type { PackedColumn, PackedInputs } from './packed-inputs.ts'
import type { ModelPort } from './read-model.ts'

interface Given {
  rows: number
  columns: Readonly<Record<string, InputColumn>>
}
interface Part {
  from: number
  rows: number
}
type Feeds = Record<string, Tensor>

/** Gives the tensors of some rows, once the columns were found to be as the model takes them. */
export function createFeeds(
  inputs: readonly ModelPort[],
  packed: PackedInputs | null,
): (given: Given) => (part: Part) => Feeds {
  const places = new Map(packed?.columns.map((column) => [column.tensorName, column]))
  const alone = inputs.filter(({ tensorName }) => !places.has(tensorName))
  const together = inputs.flatMap((port) => {
    const place = places.get(port.tensorName)
    return place ? [{ port, place }] : []
  })
  return (given) => {
    const columns = alone.map((port) => checkedColumn(port, given))
    const parts = together.map(({ port, place }) => ({
      place,
      numbers: place.codes ? codesOf(port, place.codes, given) : (shapedColumn(port, given) as Float64Array),
    }))
    return (part) => {
      // A column may be called “__proto__”.
      const feeds = Object.create(null) as Feeds
      for (const [index, port] of alone.entries())
        feeds[port.tensorName] = feedOf(port, columns[index]!, part)
      if (packed) feeds[packed.name] = packedFeed(packed, parts, part)
      return feeds
    }
  }
}

function codesOf(
  port: ModelPort,
  { known, others }: NonNullable<PackedColumn['codes']>,
  given: Given,
): Float64Array {
  const texts = shapedColumn(port, given) as readonly string[]
  const codes = new Float64Array(texts.length)
  for (let row = 0; row < texts.length; row++) {
    const code = known.get(texts[row]!)
    if (code === undefined) checkText(port, texts[row], row)
    codes[row] = code ?? others
  }
  return codes
}

function packedFeed(
  { width }: PackedInputs,
  parts: readonly { place: PackedColumn; numbers: Float64Array }[],
  { from, rows }: Part,
): Tensor {
  const values = new Float64Array(rows * width)
  for (const { place, numbers } of parts) interleave(values, { width, place, numbers, from })
  return new Tensor('float64', values, [rows, width])
}

function interleave(
  values: Float64Array,
  given: { width: number; place: PackedColumn; numbers: Float64Array; from: number },
): void {
  const { width, place, numbers, from } = given
  let source = from * place.width
  for (let at = place.at; at < values.length; at += width)
    for (let index = 0; index < place.width; index++) values[at + index] = numbers[source++]!
}

function feedOf({ type, width }: ModelPort, column: InputColumn, { from, rows }: Part): Tensor {
  const first = from * width
  const end = first + rows * width
  if (column instanceof Float64Array || column instanceof Float32Array)
    return new Tensor(type as 'float64', column.subarray(first, end) as Float64Array, [rows, width])
  return new Tensor('string', column.slice(first, end), [rows, width])
}
