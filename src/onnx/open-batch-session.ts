import { CHUNK_ROWS } from '../tables/column-chunk.ts'
import { CutModel } from './cut-model.ts'
import type { GraphPort } from './model-message.ts'
import { readMetadata } from './read-model.ts'
import { openSession, type OnnxSession, type OutputColumns } from './session.ts'
import { readLeaves, readTrees } from './stored-trees.ts'
import { isProven } from './trees/is-proven.ts'
import { leafMasks } from './trees/leaf-masks.ts'
import { createTreeWalker, isWalkable, type TreeWalker } from './trees/tree-walker.ts'

/**
 * A session for whoever asks for many rows, a batch at a time: where the model has an ensemble of trees, these are walked by
 * `trees/tree-walker.ts`, once that has given what the runtime gives, and the runtime does what is before and behind them.
 * Other models are opened as `openSession` does.
 */
export async function openBatchSession(bytes: Uint8Array): Promise<OnnxSession> {
  return (await openParts(bytes)) ?? openSession(bytes)
}

/** Null for a model whose trees are not one ensemble that can be walked. */
async function openParts(bytes: Uint8Array): Promise<OnnxSession | null> {
  const model = CutModel.read(bytes)
  const ensembles = model?.nodes.filter(({ op }) => op === 'ml.TreeEnsemble') ?? []
  const [ensemble] = ensembles
  if (!model || !ensemble || ensembles.length > 1) return null
  const [trees, leaves] = [readTrees(ensemble), readLeaves(ensemble)]
  const masks = trees && leaves && leafMasks(trees, leaves)
  const [value, answer] = [ensemble.inputs[0]!, ensemble.outputs[0]!]
  const shape = (await model.columns([value])).get(value)
  if (!masks || !shape || !isWalkable(masks, shape)) return null
  const matrix: GraphPort = { name: freeName(model, 'matrix'), value, ...shape }
  const scores: GraphPort = {
    name: freeName(model, 'scores'),
    value: answer,
    type: 'float32',
    width: masks.treesOf.length,
  }
  const walk = createTreeWalker(masks, matrix.width)
  const alone = model.part({ given: [matrix], outputs: [scores] })
  if (!(await isProven(walk, { alone, matrix, scores, trees }))) return null
  const before = await openSession(model.part({ given: [], outputs: [matrix] }))
  const after = await openSession(model.part({ given: [scores], outputs: model.outputs }))
  return sessionOf({ model, metadata: readMetadata(bytes), before, after, matrix, scores, walk })
}

function freeName({ inputs }: CutModel, wanted: string): string {
  let name = wanted
  while (inputs.some((input) => input.name === name)) name = `${name}'`
  return name
}

function sessionOf(parts: {
  model: CutModel
  metadata: OnnxSession['metadata']
  before: OnnxSession
  after: OnnxSession
  matrix: GraphPort
  scores: GraphPort
  walk: TreeWalker
}): OnnxSession {
  const { model, metadata, before, after, matrix, scores, walk } = parts
  let underWay: Promise<unknown> = Promise.resolve()
  const run: OnnxSession['run'] = async ({ rows, columns }, outputs): Promise<OutputColumns> => {
    const matrices = await before.run({ rows, columns })
    const sums = walkAll(walk, matrices[matrix.name] as Float32Array, { rows, matrix, scores })
    return after.run({ rows, columns: { ...columns, [scores.name]: sums } }, outputs)
  }
  return {
    inputs: model.inputs.map(({ name, value, type, width }) => ({ name, tensorName: value, type, width })),
    outputs: after.outputs,
    metadata,
    run(chunk, outputs) {
      const answers = run(chunk, outputs)
      underWay = Promise.allSettled([underWay, answers]).then(() => undefined)
      return answers
    },
    async close() {
      await underWay
      await Promise.all([before.close(), after.close()])
    },
  }
}

function walkAll(
  walk: TreeWalker,
  values: Float32Array,
  { rows, matrix, scores }: { rows: number; matrix: GraphPort; scores: GraphPort },
): Float32Array {
  if (rows <= CHUNK_ROWS) return walk(values, rows)
  const sums = new Float32Array(rows * scores.width)
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    const end = Math.min(rows, from + CHUNK_ROWS)
    const part = walk(values.subarray(from * matrix.width, end * matrix.width), end - from)
    sums.set(part, from * scores.width)
  }
  return sums
}
