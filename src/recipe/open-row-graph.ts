import { GraphBuilder, type Value } from '../onnx/graph-builder.ts'
import { openSession, type OutputColumn } from '../onnx/session.ts'
import { isCoded, textsOf, valuesOf, type CodedChunk } from '../tables/coded-texts.ts'
import type { ColumnGraph } from './column-graph.ts'
import { emitRecipe } from './emit-recipe.ts'
import { gathered, type LookedUp } from './text-table.ts'
import { openTextTables } from './text-tables.ts'
import type { ColumnVersion, RecipeTrace } from './trace-recipe.ts'

/** Computes columns of a recipe for rows of the table itself. */
export interface RowGraph {
  /** The start columns it needs. */
  inputs: readonly string[]
  run(chunk: CodedChunk): Promise<RowOutputs>
  close(): Promise<void>
}

export interface RowOutputs {
  /** What was put out. */
  outputs: Readonly<Record<string, OutputColumn>>
  /** Columns that depend on one text alone: these were looked up. */
  lookedUp: ReadonlyMap<ColumnVersion, LookedUp>
}

/**
 * Opens what computes columns: tables of what depends on one text alone, and one graph for the rest, which is given what
 * it needs of that. `putOut` names what the graph is to give. Bit for bit the same as one graph for all.
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
  const session =
    Object.keys(outputs).length > 0 ? await openSession(builder.toModel(), { rows: 'many' }) : null
  const needed = new Set(session?.inputs.map(({ name }) => name))
  const fed = [...given].filter(([, { name }]) => needed.delete(name))
  const read = [...needed]
  return {
    inputs: [...new Set([...read, ...texts.inputs])],
    async run({ rows, columns }) {
      const lookedUp = await texts.lookUp(columns)
      if (!session) return { outputs: {}, lookedUp }
      const inputs: Record<string, OutputColumn> = Object.fromEntries(
        read.map((name) => [name, valuesOf(columns[name]!)]),
      )
      for (const [version, { name }] of fed) {
        const values = gathered(lookedUp.get(version)!)
        inputs[name] = isCoded(values) ? textsOf(values) : values
      }
      return { outputs: await session.run({ rows, columns: inputs }), lookedUp }
    },
    close: async () => void (await Promise.all([session?.close(), texts.close()])),
  }
}

/** No column of a table is called so. */
const name = (index: number): string => `\u0001text ${index}`
