import { CHUNK_ROWS } from '../tables/column-chunk.ts'
import { CutModel } from './cut-model.ts'
import type { GraphPort } from './model-message.ts'
import {
  openSession,
  type InputRows,
  type OnnxSession,
  type OutputColumn,
  type OutputColumns,
} from './session.ts'
import { readLeaves, readTrees } from './stored-trees.ts'
import { leafMasks } from './trees/leaf-masks.ts'
import { createTreeWalker, type TreeWalker } from './trees/tree-walker.ts'

/** Fewer are answered by one run of the runtime sooner than by two and the trees between them. */
const fewestRows = 4
/** Batches that both ways answer, before one of them is trusted. */
const provingBatches = 4
/** Asked of each tree for every row, they take as long as to walk it. */
const mostFeatures = 512

/**
 * A session for whoever asks with one row and with many: where the model has trees, those of larger batches are walked by
 * `trees/tree-walker.ts`, and the runtime does what is before and behind them. The first batches are answered both ways;
 * where a bit differs, the runtime answers for all.
 */
export async function openBatchSession(bytes: Uint8Array): Promise<OnnxSession> {
  const whole = await openSession(bytes)
  let parts = await openParts(bytes)
  if (!parts) return whole
  const opened = parts
  let proven = 0
  const prove = async (chunk: InputRows, outputs?: readonly string[]): Promise<OutputColumns> => {
    const answers = await whole.run(chunk, outputs)
    const found = await opened.run(chunk, outputs)
    proven += 1
    if (!isSame(answers, found)) parts = null
    return answers
  }
  return {
    ...whole,
    run(chunk, outputs) {
      if (!parts || chunk.rows < fewestRows || chunk.rows > CHUNK_ROWS) return whole.run(chunk, outputs)
      return proven < provingBatches ? prove(chunk, outputs) : parts.run(chunk, outputs)
    },
    async close() {
      await Promise.all([whole.close(), opened.close()])
    },
  }
}

type Parts = Pick<OnnxSession, 'run' | 'close'>

/** Null for a model whose trees are not one ensemble that can be walked. */
async function openParts(bytes: Uint8Array): Promise<Parts | null> {
  const model = CutModel.read(bytes)
  const ensembles = model?.nodes.filter(({ op }) => op === 'ml.TreeEnsemble') ?? []
  const [ensemble] = ensembles
  if (!model || !ensemble || ensembles.length > 1) return null
  const [trees, leaves] = [readTrees(ensemble), readLeaves(ensemble)]
  const masks = trees && leaves && leafMasks(trees, leaves)
  const [value, answer] = [ensemble.inputs[0]!, ensemble.outputs[0]!]
  const shape = (await model.columns([value])).get(value)
  if (!masks || masks.features.length > mostFeatures || shape?.type !== 'float32') return null
  const matrix: GraphPort = { name: value, value, ...shape }
  const scores: GraphPort = {
    name: freeName(model, 'scores'),
    value: answer,
    type: 'float32',
    width: masks.treesOf.length,
  }
  const before = await openSession(model.part({ given: [], outputs: [matrix] }))
  const after = await openSession(model.part({ given: [scores], outputs: model.outputs }))
  return partsOf({ before, after, matrix, scores, walk: createTreeWalker(masks, matrix.width) })
}

function freeName({ inputs }: CutModel, wanted: string): string {
  let name = wanted
  while (inputs.some((input) => input.name === name)) name = `${name}'`
  return name
}

function partsOf(parts: {
  before: OnnxSession
  after: OnnxSession
  matrix: GraphPort
  scores: GraphPort
  walk: TreeWalker
}): Parts {
  const { before, after, matrix, scores, walk } = parts
  return {
    async run({ rows, columns }, outputs) {
      const matrices = await before.run({ rows, columns })
      const sums = walk(matrices[matrix.name] as Float32Array, rows)
      return after.run({ rows, columns: { ...columns, [scores.name]: sums } }, outputs)
    },
    async close() {
      await Promise.all([before.close(), after.close()])
    },
  }
}

function isSame(one: OutputColumns, other: OutputColumns): boolean {
  return Object.entries(one).every(([name, column]) => isSameColumn(column, other[name]!))
}

function isSameColumn(one: OutputColumn, other: OutputColumn): boolean {
  if (Array.isArray(one)) return one.every((text, row) => text === other[row])
  return !Array.isArray(other) && Buffer.compare(bytesOf(one), bytesOf(other)) === 0
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
