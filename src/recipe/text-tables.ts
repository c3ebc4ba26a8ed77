import { GraphBuilder, type Value } from '../onnx/graph-builder.ts'
import { openSession } from '../onnx/session.ts'
import type { CodedChunk, CodedTexts } from '../tables/coded-texts.ts'
import { emitRecipe } from './emit-recipe.ts'
import { TextTable, type LookedUp, type TextColumn } from './text-table.ts'
import { closureOf, type ColumnVersion, type RecipeTrace } from './trace-recipe.ts'

/** Columns that depend on one text column alone, computed once for each different text. */
export interface TextTables {
  /** The columns it tells, and how they lie in a graph that is given them. */
  versions: ReadonlyMap<ColumnVersion, TextColumn>
  /** The text columns it reads. */
  inputs: readonly string[]
  lookUp(columns: CodedChunk['columns']): Promise<Map<ColumnVersion, LookedUp>>
  close(): Promise<void>
}

/**
 * Of what some columns are computed from, the columns that depend on one text column alone. A row's values are the same
 * whatever rows are run with it, so a text that comes again has the same ones again: looking them up is far cheaper
 * than handing texts to the runtime row by row.
 */
export async function openTextTables(
  trace: RecipeTrace,
  versions: readonly ColumnVersion[],
): Promise<TextTables> {
  const byColumn = Map.groupBy(textVersions(versions), (version) => textOf(version)!)
  const tables = await Promise.all([...byColumn].map((entry) => openTable(trace, ...entry)))
  const known = tables.flatMap((table) => (table ? [table] : []))
  return {
    versions: new Map(known.flatMap(({ columns }) => columns)),
    inputs: known.map(({ text }) => text),
    async lookUp(given) {
      const found = new Map<ColumnVersion, LookedUp>()
      for (const { text, table, columns } of known) {
        const values = await table.lookUp(given[text] as CodedTexts)
        for (const [index, [version]] of columns.entries()) found.set(version, values[index]!)
      }
      return found
    },
    close: async () => void (await Promise.all(known.map(({ session }) => session.close()))),
  }
}

/** The last columns on the way to some that depend on a text column alone. */
function textVersions(versions: readonly ColumnVersion[]): ColumnVersion[] {
  const found = new Set<ColumnVersion>()
  const seen = new Set<ColumnVersion>()
  const open = [...versions]
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next) || next.step === null) continue
    seen.add(next)
    if (textOf(next) === undefined) open.push(...next.from)
    else found.add(next)
  }
  return [...found]
}

/** The text column that a version is computed from, if there is but that one. */
function textOf(version: ColumnVersion): string | undefined {
  const [start, ...others] = [...closureOf([version])].filter(({ step }) => step === null)
  return start?.column.type === 'text' && others.length === 0 ? start.column.name : undefined
}

/** So wide a column is not worth remembering: few texts would fit in. */
const mostWidth = 2000

/** Null where a graph for these columns reads more than the text, the folds of the rows, or where they are too wide. */
async function openTable(trace: RecipeTrace, text: string, versions: readonly ColumnVersion[]) {
  const builder = new GraphBuilder()
  const graph = emitRecipe(builder, { trace, versions, forLearning: true })
  const filled = versions.filter((version) => graph.widthOf(version) > 0)
  if (filled.some((version) => graph.widthOf(version) > mostWidth)) return null
  const columns: [ColumnVersion, TextColumn][] = []
  for (const [index, value] of graph.separate(filled).entries()) {
    builder.output(`column ${index}`, value)
    columns.push([filled[index]!, typeIn(builder, value)])
  }
  if (filled.length === 0 || builder.neededInputs().join() !== text) return null
  const session = await openSession(builder.toModel())
  const table = new TextTable(
    columns.map(([, column]) => column),
    async (texts) => {
      const outputs = await session.run({ rows: texts.length, columns: { [text]: texts } })
      return columns.map((_, index) => outputs[`column ${index}`]!)
    },
  )
  return { text, table, columns, session }
}

function typeIn(builder: GraphBuilder, value: Value): TextColumn {
  const { type, width } = builder.typeOf(value)
  if (type === 'string' || type === 'float32' || type === 'float64') return { type, width }
  throw new TypeError(`a column is ${type}`)
}
