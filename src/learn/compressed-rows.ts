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

/** Of row-major rows. */
export function compressRows({ rows, data }: { rows: number; data: Float32Array }): CompressedChunk {
  const width = rows === 0 ? 0 : data.length / rows
  const starts = new Uint32Array(rows + 1)
  const features = new Uint32Array(data.length)
  const values = new Float32Array(data.length)
  let count = 0
  for (let row = 0, at = 0; row < rows; row++) {
    for (let feature = 0; feature < width; feature++, at++) {
      const value = data[at]!
      if (value === 0) continue
      features[count] = feature
      values[count++] = value
    }
    starts[row + 1] = count
  }
  return { rows, starts, features: features.slice(0, count), values: values.slice(0, count) }
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
