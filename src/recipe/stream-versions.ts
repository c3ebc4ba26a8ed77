import type { TableData } from '../core/artifacts.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import type { CodedChunk, MixedChunk } from '../tables/coded-texts.ts'
import { openRowGraph } from './open-row-graph.ts'
import { readCodedRows, type RowChoice } from './read-chosen-rows.ts'
import { gathered } from './text-table.ts'
import type { ColumnVersion, RecipeTrace } from './trace-recipe.ts'

/** Texts as codes where they are stored so or looked up. */
export type VersionValues = MixedChunk['columns'][string]

export interface VersionChunk {
  /** Chosen rows before this chunk. */
  firstRow: number
  rows: number
  values: ReadonlyMap<ColumnVersion, VersionValues>
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
    for await (const chunk of readCodedRows(context, table, { columns, rows })) {
      context.signal.throwIfAborted()
      const values = new Map<ColumnVersion, VersionValues>(await computation.run(chunk))
      for (const version of stored) values.set(version, chunk.columns[version.column.name]!)
      yield { firstRow, rows: chunk.rows, values }
      firstRow += chunk.rows
    }
  } finally {
    await computation.close()
  }
}

/** Columns out of one graph. */
export interface Computation {
  /** The start columns it needs. */
  inputs: readonly string[]
  run(chunk: CodedChunk): Promise<[ColumnVersion, VersionValues][]>
  close(): Promise<void>
}

export async function openComputation(
  trace: RecipeTrace,
  versions: readonly ColumnVersion[],
): Promise<Computation> {
  const names = new Map(versions.map((version, index) => [version, `column ${index}`]))
  const graph = await openRowGraph(trace, versions, (columns, isLookedUp) => {
    const wanted = versions.filter((version) => !isLookedUp(version) && columns.widthOf(version) > 0)
    const values = columns.outputs(wanted)
    return Object.fromEntries(wanted.map((version, index) => [names.get(version)!, values[index]!]))
  })
  return {
    inputs: graph.inputs,
    async run(chunk) {
      const { outputs, lookedUp } = await graph.run(chunk)
      return versions.map((version) => {
        const found = lookedUp.get(version)
        const values = (found && gathered(found)) ?? outputs[names.get(version)!] ?? new Float64Array()
        return [version, values instanceof Float32Array ? Float64Array.from(values) : values]
      })
    },
    close: () => graph.close(),
  }
}
