import { metadataKeys } from '../../onnx/model-metadata.ts'

/** Where each column of a feature matrix comes from. */
export interface SourceShares {
  /** The start columns, in the order of the model's inputs. */
  columns: readonly string[]
  /** By column of the matrix: indexes of start columns. */
  from: readonly (readonly number[])[]
  /** Start columns that are mixed into columns of the matrix, each group once. */
  mixed: readonly (readonly string[])[]
}

/** Null for a model that does not tell. */
export function readSourceShares(
  metadata: Readonly<Record<string, string>>,
  inputs: readonly { name: string }[],
): SourceShares | null {
  const text = metadata[metadataKeys.sources]
  if (text === undefined) return null
  const sources = JSON.parse(text) as { width: number; from: string[] }[]
  const columns = inputs.map(({ name }) => name)
  const indexOf = new Map(columns.map((name, index) => [name, index]))
  const several = sources.filter(({ width, from }) => width > 0 && from.length > 1)
  return {
    columns,
    from: sources.flatMap(({ width, from }) => {
      const indexes = from.map((name) => indexOf.get(name)!)
      return Array.from({ length: width }, () => indexes)
    }),
    mixed: [...new Map(several.map(({ from }) => [from.join('\0'), from])).values()],
  }
}

/**
 * Contributions by start column from those by column of the matrix: sums over the codes of a category and the like. What
 * a column of the matrix has that is mixed from several start columns is shared evenly among them.
 */
export function bySource(
  contributions: Float64Array,
  rows: number,
  { columns, from }: SourceShares,
): Float64Array {
  const summed = new Float64Array(rows * columns.length)
  for (let row = 0; row < rows; row++)
    for (const [feature, indexes] of from.entries()) {
      const contribution = contributions[row * from.length + feature]!
      for (const index of indexes) summed[row * columns.length + index]! += contribution / indexes.length
    }
  return summed
}
