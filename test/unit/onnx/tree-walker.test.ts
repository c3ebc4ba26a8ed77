import { describe, expect, it } from 'vitest'
import { emitEnsemble, type Ensemble } from '../../../src/learn/histogram-trees/emit-ensemble.ts'
import type { Tree } from '../../../src/learn/histogram-trees/tree.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { readModel } from '../../../src/onnx/read-model.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { readLeaves, readTrees } from '../../../src/onnx/stored-trees.ts'
import { leafMasks } from '../../../src/onnx/trees/leaf-masks.ts'
import { createTreeWalker } from '../../../src/onnx/trees/tree-walker.ts'
import { createRandom } from '../../../src/tables/random.ts'

const random = createRandom(11)
const features = 5
/** The last one holds categories. */
const category = features - 1
const mostCategories = 70

function randomTree(leaves: number): Tree {
  const nodes = leaves - 1
  const [left, right] = [new Int32Array(nodes), new Int32Array(nodes)]
  let next = 1
  let leaf = 0
  const grow = (node: number, below: number): void => {
    const onLeft = random.below(below + 1)
    for (const [children, count] of [
      [left, onLeft],
      [right, below - onLeft],
    ] as const) {
      children[node] = count === 0 ? ~leaf++ : next++
      if (count > 0) grow(children[node], count - 1)
    }
  }
  grow(0, nodes - 1)
  const asked = Int32Array.from({ length: nodes }, () => random.below(features))
  return {
    left,
    right,
    features: asked,
    thresholds: Float32Array.from({ length: nodes }, () =>
      random.below(9) === 0 ? Infinity : randomValue(),
    ),
    missingLeft: Uint8Array.from({ length: nodes }, () => random.below(2)),
    categories: Array.from(asked, (feature) =>
      feature === category ? Float32Array.from(someCategories()) : null,
    ),
    leafValues: Float32Array.from({ length: leaves }, () => random.unit() - 0.5),
    gains: new Float64Array(nodes),
    nodeRows: new Float64Array(nodes).fill(2),
    leafRows: new Float64Array(leaves).fill(1),
  }
}

const someCategories = (): number[] => [
  ...new Set(Array.from({ length: 1 + random.below(20) }, () => random.below(mostCategories))),
]

/** Equal ones are frequent, so that values meet thresholds. */
function randomValue(): number {
  const kind = random.below(10)
  if (kind === 0) return -Infinity
  if (kind === 1) return Math.fround(2 ** -149)
  return kind < 6 ? random.below(5) - 2 : Math.fround(random.unit() * 4 - 2)
}

function randomRows(rows: number): Float32Array {
  return Float32Array.from({ length: rows * features }, (_, at) => {
    if (random.below(8) === 0) return NaN
    if (at % features !== category) return random.below(12) === 0 ? Infinity : randomValue()
    return random.below(6) === 0 ? 3.5 : random.below(mostCategories + 9) - 4
  })
}

async function both(ensemble: Ensemble, rows: number) {
  const builder = new GraphBuilder()
  const scores = emitEnsemble(builder, builder.input('matrix', 'float32', features), ensemble)
  builder.output('scores', scores)
  const bytes = builder.toModel()
  const { nodes } = readModel(bytes)
  const stored = nodes.find(({ op }) => op === 'ml.TreeEnsemble')!
  const masks = leafMasks(readTrees(stored)!, readLeaves(stored)!)
  const matrix = randomRows(rows)
  const session = await openSession(bytes)
  const whole = await session.run({ rows, columns: { matrix } })
  await session.close()
  return { masks, matrix, whole: whole['scores'] as Float32Array }
}

/** What the graph does before the trees: what is no whole number is no category, and categories count from 1. */
function prepared(matrix: Float32Array): Float32Array {
  return matrix.map((value, at) => {
    if (at % features !== category) return value
    return Number.isInteger(value) ? value + 1 : NaN
  })
}

describe('leaves of trees by masks', () => {
  it.each([
    { trees: 37, outputs: 1, leaves: 32 },
    { trees: 1, outputs: 1, leaves: 2 },
    { trees: 50, outputs: 3, leaves: 17 },
  ])(
    'are those of the runtime, bit for bit: $trees trees, $outputs outputs',
    async ({ trees, outputs, leaves }) => {
      const rows = 3000
      const { masks, matrix, whole } = await both(
        {
          trees: Array.from({ length: trees }, (_, tree) => ({
            ...randomTree(leaves),
            output: tree % outputs,
          })),
          outputs,
          features,
          categorical: [category],
        },
        rows,
      )
      const walk = createTreeWalker(masks!, features)
      expect(walk(prepared(matrix), rows)).toEqual(whole)
      const few = prepared(matrix).subarray(features, 6 * features)
      expect(walk(few, 5)).toEqual(whole.slice(outputs, 6 * outputs))
    },
  )

  it('are not told apart where a tree has more than a mask has bits', async () => {
    const trees = [{ ...randomTree(33), output: 0 }]
    const { masks } = await both({ trees, outputs: 1, features, categorical: [category] }, 1)
    expect(masks).toBeNull()
  })
})
