import { GraphBuilder, type Value } from '../onnx/graph-builder.ts'
import { openSession, type OutputColumn } from '../onnx/session.ts'
import type { ColumnChunk } from '../tables/column-chunk.ts'
import type { ColumnGraph } from './column-graph.ts'
import { emitRecipe } from './emit-recipe.ts'
import { openTextTables } from './text-tables.ts'
import type { ColumnVersion, RecipeTrace } from './trace-recipe.ts'

/** Computes columns of a recipe for rows of the table itself. */
export interface RowGraph {
  /** The start columns it needs. */
  inputs: readonly string[]
  run(chunk: ColumnChunk): Promise<RowOutputs>
  close(): Promise<void>
}

export interface RowOutputs {
  /** What was put out. */
  outputs: Readonly<Record<string, OutputColumn>>
  /** Columns that depend on one text alone: these were looked up. */
  lookedUp: ReadonlyMap<ColumnVersion, OutputColumn>
}

/**
 * Opens what computes columns: tables of what depends on one text alone, and one graph for the rest, which is given what
 * was looked up. `putOut` names what the graph is to give. Bit for bit the same as one graph for all.
 */
export async function openRowGraph(
  trace: RecipeTrace,
  versions: readonly ColumnVersion[],
  putOut: (
    graph: ColumnGraph,
    isLookedUp: (version: ColumnVersion) => boolean,
  ) => Readonly<Record<string, Value>>,
): Promise<RowGraph> {
  const texts = await openTextTables(trace, versions)
  const builder = new GraphBuilder()
  const given = new Map(
    [...texts.versions].map(([version, type], index) => [version, { name: name(index), ...type }]),
  )
  const graph = emitRecipe(builder, { trace, versions, forLearning: true, given })
  const outputs = putOut(graph, (version) => given.has(version))
  for (const [name, value] of Object.entries(outputs)) builder.output(name, value)
  const session = Object.keys(outputs).length > 0 ? await openSession(builder.toModel()) : null
  const isGiven = new Set([...given.values()].map(({ name }) => name))
  const read = session?.inputs.map(({ name }) => name).filter((name) => !isGiven.has(name)) ?? []
  return {
    inputs: [...new Set([...read, ...texts.inputs])],
    async run({ rows, columns }) {
      const lookedUp = await texts.lookUp(columns)
      if (!session) return { outputs: {}, lookedUp }
      const inputs: Record<string, OutputColumn> = Object.fromEntries(
        read.map((name) => [name, columns[name]!]),
      )
      for (const [version, { name }] of given) inputs[name] = lookedUp.get(version)!
      return { outputs: await session.run({ rows, columns: inputs }), lookedUp }
    },
    close: async () => void (await Promise.all([session?.close(), texts.close()])),
  }
}

/** No column of a table is called so. */
const name = (index: number): string => `\u0001text ${index}`
