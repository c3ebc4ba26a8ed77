/**
 * Rows of the feature matrix as compressed rows: of row r the values other than 0 stand from `starts[r]` to
 * `starts[r + 1]`, by ascending feature. Missing values stand there as NaN.
 */
export interface CompressedChunk {
  rows: number
  starts: Uint32Array
  features: Uint32Array
  values: Float32Array
}

/** A function that compresses row-major rows, chunk by chunk; it keeps the room that it needs meanwhile. */
export function rowCompressor(): (chunk: { rows: number; data: Float32Array }) => CompressedChunk {
  let features = new Uint32Array()
  let values = new Float32Array()
  return ({ rows, data }) => {
    if (data.length > values.length) {
      features = new Uint32Array(data.length)
      values = new Float32Array(data.length)
    }
    const starts = new Uint32Array(rows + 1)
    const count = compressInto({ rows, data }, { starts, features, values })
    return { rows, starts, features: features.slice(0, count), values: values.slice(0, count) }
  }
}

/** Gives how many values are not 0. */
function compressInto(
  { rows, data }: { rows: number; data: Float32Array },
  { starts, features, values }: Pick<CompressedChunk, 'starts' | 'features' | 'values'>,
): number {
  const width = rows === 0 ? 0 : data.length / rows
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length)
  let count = 0
  for (let row = 0; row < rows; row++) {
    const start = row * width
    for (let feature = 0; feature < width;) {
      const at = start + feature
      // Most values are zeros: four of them are passed over at once.
      if (feature + 4 <= width && (bits[at]! | bits[at + 1]! | bits[at + 2]! | bits[at + 3]!) === 0) {
        feature += 4
        continue
      }
      const value = data[at]!
      features[count] = feature
      values[count] = value
      if (value !== 0) count++
      feature++
    }
    starts[row + 1] = count
  }
  return count
}

/** Chunks one after the other. */
export function joinCompressed(chunks: readonly CompressedChunk[]): CompressedChunk {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0)
  const count = chunks.reduce((sum, { values }) => sum + values.length, 0)
  const joined = {
    rows,
    starts: new Uint32Array(rows + 1),
    features: new Uint32Array(count),
    values: new Float32Array(count),
  }
  let [row, at] = [0, 0]
  for (const chunk of chunks) {
    joined.features.set(chunk.features, at)
    joined.values.set(chunk.values, at)
    for (let own = 1; own <= chunk.rows; own++) joined.starts[row + own] = at + chunk.starts[own]!
    row += chunk.rows
    at += chunk.values.length
  }
  return joined
}
