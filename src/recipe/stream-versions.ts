import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { openSession } from '../onnx/session.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import { emitRecipe } from './emit-recipe.ts'
import { readChosenRows, type RowChoice } from './read-chosen-rows.ts'
import type { ColumnVersion, RecipeTrace } from './trace-recipe.ts'

type Values = Float64Array | string[]

export interface VersionChunk {
  /** Chosen rows before this chunk. */
  firstRow: number
  rows: number
  values: ReadonlyMap<ColumnVersion, Values>
}

/**
 * Columns as they are at any point of a recipe, in chunks of at most 4 096 rows, in row order. Start columns come
 * as they are stored, the others out of one graph.
 */
export async function* streamVersions(
  context: RunContext,
  table: TableData,
  { trace, versions, rows }: { trace: RecipeTrace; versions: readonly ColumnVersion[]; rows: RowChoice },
): AsyncIterable<VersionChunk> {
  const stored = versions.filter(({ step }) => step === null)
  const computation = await openComputation(
    trace,
    versions.filter(({ step }) => step !== null),
  )
  const columns = [...new Set([...stored.map(({ column }) => column.name), ...computation.inputs])]
  let firstRow = 0
  try {
    for await (const chunk of readChosenRows(context, table, { columns, rows })) {
      context.signal.throwIfAborted()
      const values = new Map<ColumnVersion, Values>(await computation.run(chunk))
      for (const version of stored) values.set(version, chunk.columns[version.column.name]!)
      yield { firstRow, rows: chunk.rows, values }
      firstRow += chunk.rows
    }
  } finally {
    await computation.close()
  }
}

interface Computation {
  /** The start columns it needs. */
  inputs: readonly string[]
  run(chunk: ColumnChunk): Promise<[ColumnVersion, Values][]>
  close(): Promise<void>
}

async function openComputation(trace: RecipeTrace, versions: readonly ColumnVersion[]): Promise<Computation> {
  const builder = new GraphBuilder()
  const graph = emitRecipe(builder, { trace, versions, forLearning: true })
  const empty = versions.filter((version) => graph.widthOf(version) === 0)
  const filled = versions.filter((version) => graph.widthOf(version) > 0)
  const nothing = empty.map((version): [ColumnVersion, Values] => [version, new Float64Array()])
  if (filled.length === 0)
    return { inputs: [], run: () => Promise.resolve(nothing), close: () => Promise.resolve() }
  for (const [index, value] of graph.outputs(filled).entries()) builder.output(`column ${index}`, value)
  const session = await openSession(builder.toModel())
  return {
    inputs: session.inputs.map(({ name }) => name),
    async run(chunk) {
      const outputs = await session.run(chunk)
      const computed = filled.map((version, index): [ColumnVersion, Values] => [
        version,
        outputs[`column ${index}`] as Values,
      ])
      return [...nothing, ...computed]
    },
    close: () => session.close(),
  }
}
