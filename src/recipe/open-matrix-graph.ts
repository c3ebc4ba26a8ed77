import type { CodedChunk } from '../tables/coded-texts.ts'
import { lookedUpCopier, type CopyLookedUp } from './copy-looked-up.ts'
import { openRowGraph } from './open-row-graph.ts'
import type { ColumnVersion, RecipeTrace } from './trace-recipe.ts'

/** Computes rows of a matrix, row-major, float32. */
export interface MatrixGraph {
  /** The start columns it needs. */
  inputs: readonly string[]
  run(chunk: CodedChunk): Promise<Float32Array>
  close(): Promise<void>
}

/** Columns side by side in a matrix; `source` is the column of another matrix they come from, or a text's values. */
interface Place {
  source: { version: ColumnVersion; copy: CopyLookedUp } | number
  width: number
  offset: number
}

/**
 * Opens what computes columns side by side as a matrix. What depends on one text alone goes from where it was looked up
 * straight into the matrix; the rest leaves the graph together.
 */
export async function openMatrixGraph(
  trace: RecipeTrace,
  versions: readonly ColumnVersion[],
): Promise<MatrixGraph> {
  let places: Place[] = []
  const graph = await openRowGraph(trace, versions, (columns, isLookedUp) => {
    const filled = versions.filter((version) => columns.widthOf(version) > 0)
    const computed = filled.filter((version) => !isLookedUp(version))
    places = placesOf(
      filled.map((version) => ({ version, width: columns.widthOf(version) })),
      isLookedUp,
    )
    return computed.length > 0 ? { matrix: columns.matrix(computed, 'float32') } : {}
  })
  const stride = places.reduce((sum, { width }) => sum + width, 0)
  return {
    inputs: graph.inputs,
    async run(chunk) {
      const { outputs, lookedUp } = await graph.run(chunk)
      const computed = outputs['matrix'] as Float32Array | undefined
      if (computed?.length === chunk.rows * stride) return computed
      const matrix = new Float32Array(chunk.rows * stride)
      for (const { source, width, offset } of places)
        if (typeof source === 'number')
          copyColumns(computed!, matrix, { first: source, width, offset, rows: chunk.rows })
        else source.copy(lookedUp.get(source.version)!, matrix, { offset, stride })
      return matrix
    },
    close: () => graph.close(),
  }
}

/** Where columns lie; those that are computed, and follow on each other, in one piece. */
function placesOf(
  columns: readonly { version: ColumnVersion; width: number }[],
  isLookedUp: (version: ColumnVersion) => boolean,
): Place[] {
  const places: Place[] = []
  let offset = 0
  let computed = 0
  for (const { version, width } of columns) {
    const last = places.at(-1)
    if (isLookedUp(version)) places.push({ source: { version, copy: lookedUpCopier() }, width, offset })
    else {
      if (typeof last?.source === 'number') last.width += width
      else places.push({ source: computed, width, offset })
      computed += width
    }
    offset += width
  }
  return places
}

function copyColumns(
  from: Float32Array,
  to: Float32Array,
  { first, width, offset, rows }: { first: number; width: number; offset: number; rows: number },
): void {
  const fromStride = from.length / rows
  const toStride = to.length / rows
  for (let row = 0; row < rows; row++) {
    const at = row * fromStride + first
    const target = row * toStride + offset
    for (let column = 0; column < width; column++) to[target + column] = from[at + column]!
  }
}
