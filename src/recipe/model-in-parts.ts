import { CutModel } from '../onnx/cut-model.ts'
import type { GraphNode, GraphPort } from '../onnx/model-message.ts'
import { openSession, type OnnxSession, type OutputColumns } from '../onnx/session.ts'
import { readLeaves, readTrees } from '../onnx/stored-trees.ts'
import { leafMasks, type LeafMasks } from '../onnx/trees/leaf-masks.ts'
import { createTreeWalker, isWalkable, type TreeWalker } from '../onnx/trees/tree-walker.ts'
import { valuesOf, type CodedChunk, type CodedTexts } from '../tables/coded-texts.ts'
import { gathered, TextTable, type TextColumn } from './text-table.ts'

type Columns = Record<string, Float64Array | Float32Array | string[]>

/** Answers as the model does, with texts as codes. */
export interface ModelInParts {
  run(chunk: CodedChunk, outputs?: readonly string[]): Promise<OutputColumns>
  close(): Promise<void>
}

/**
 * A model for many rows: what depends on one text alone is computed once for each different text, trees are walked by
 * `trees/tree-walker.ts`, and the runtime does the rest. Null where the model has nothing of that.
 */
export async function openInParts(bytes: Uint8Array): Promise<ModelInParts | null> {
  const model = CutModel.read(bytes)
  if (!model) return null
  const textValues = model.textValues()
  const ensembles = walkable(model, new Set([...textValues.values()].flat()))
  const columns = await model.columns([
    ...[...textValues.values()].flat(),
    ...ensembles.map(({ node }) => node.inputs[0]!),
  ])
  const isFree = freeNames(model)
  const texts = await Promise.all(
    [...textValues].flatMap(([column, values]) => {
      const ports = values.flatMap((value): GraphPort[] => {
        const known = columns.get(value)
        return known && known.width <= mostWidth ? [{ name: isFree(value), value, ...known }] : []
      })
      return ports.length < values.length ? [] : [openTextPart(model, column, ports)]
    }),
  )
  const walkers = ensembles.flatMap(({ node, masks }) => {
    const matrix = columns.get(node.inputs[0]!)
    if (!matrix || !isWalkable(masks, matrix)) return []
    const [from, to] = [node.inputs[0]!, node.outputs[0]!]
    return {
      matrix: { name: from, value: from, ...matrix },
      scores: {
        name: isFree(to),
        value: to,
        type: 'float32',
        width: masks.treesOf.length,
      } satisfies GraphPort,
      walk: createTreeWalker(masks, matrix.width),
    }
  })
  if (texts.length === 0 && walkers.length === 0) return null
  const ports = texts.flatMap((part) => part.ports)
  // Several ensembles may ask one matrix.
  const matrices = [...new Map(walkers.map(({ matrix }) => [matrix.name, matrix])).values()]
  const given = [...ports, ...walkers.map(({ scores }) => scores)]
  return new Parts({
    texts,
    walkers,
    before: matrices.length === 0 ? null : await openSession(model.part({ given: ports, outputs: matrices })),
    after: await openSession(model.part({ given, outputs: model.outputs })),
  })
}

/** So wide a column is not worth remembering: few texts would fit in. */
const mostWidth = 2000
/** Ensembles that neither wait for others nor depend on one text alone, as masks. */
function walkable(
  { nodes }: CutModel,
  ofOneText: ReadonlySet<string>,
): { node: GraphNode; masks: LeafMasks }[] {
  const waiting = new Set<string>()
  return nodes.flatMap((node) => {
    const isEnsemble = node.op === 'ml.TreeEnsemble'
    const waits = node.inputs.some((value) => waiting.has(value))
    if (isEnsemble || waits) for (const value of node.outputs) waiting.add(value)
    if (!isEnsemble || waits || ofOneText.has(node.outputs[0]!)) return []
    const [trees, leaves] = [readTrees(node), readLeaves(node)]
    const masks = trees && leaves && leafMasks(trees, leaves)
    return masks ? [{ node, masks }] : []
  })
}

/** Gives names that no column of the model has. */
function freeNames({ inputs }: CutModel): (wanted: string) => string {
  const taken = new Set(inputs.map(({ name }) => name))
  return (wanted) => {
    let name = wanted
    while (taken.has(name)) name = `${name}'`
    taken.add(name)
    return name
  }
}

interface TextPart {
  column: string
  ports: readonly GraphPort[]
  table: TextTable
  session: OnnxSession
}

async function openTextPart(model: CutModel, column: string, ports: readonly GraphPort[]): Promise<TextPart> {
  const session = await openSession(model.part({ given: [], outputs: ports }))
  const table = new TextTable(
    ports.map(({ type, width }) => ({ type, width }) as TextColumn),
    async (texts) => {
      const values = await session.run({ rows: texts.length, columns: { [column]: texts } })
      return ports.map(({ name }) => values[name]!)
    },
  )
  return { column, ports, table, session }
}

interface Walker {
  matrix: GraphPort
  scores: GraphPort
  walk: TreeWalker
}

interface OpenParts {
  texts: readonly TextPart[]
  walkers: readonly Walker[]
  /** From columns to the matrices of the walkers; null where there are none. */
  before: OnnxSession | null
  after: OnnxSession
}

class Parts implements ModelInParts {
  readonly #parts: OpenParts

  constructor(parts: OpenParts) {
    this.#parts = parts
  }

  async run({ rows, columns: coded }: CodedChunk, outputs?: readonly string[]): Promise<OutputColumns> {
    const { texts, walkers, before, after } = this.#parts
    // A column may be called “constructor”.
    const columns = Object.create(null) as Columns
    const given = ({ inputs }: OnnxSession): Columns =>
      Object.fromEntries(inputs.map(({ name }) => [name, columns[name] ?? valuesOf(coded[name]!)]))
    for (const { column, ports, table } of texts)
      for (const [index, found] of (await table.lookUp(coded[column] as CodedTexts)).entries())
        columns[ports[index]!.name] = valuesOf(gathered(found) as Float64Array | string[])
    if (before) {
      const matrices = await before.run({ rows, columns: given(before) })
      for (const { matrix, scores, walk } of walkers)
        columns[scores.name] = walk(matrices[matrix.name] as Float32Array, rows)
    }
    return after.run({ rows, columns: given(after) }, outputs)
  }

  async close(): Promise<void> {
    const { texts, before, after } = this.#parts
    const sessions = [after, ...(before ? [before] : []), ...texts.map(({ session }) => session)]
    await Promise.all(sessions.map((session) => session.close()))
  }
}
