import * as fc from 'fast-check'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { emitEnsemble, type Ensemble } from '../../../src/learn/histogram-trees/emit-ensemble.ts'
import type { Tree } from '../../../src/learn/histogram-trees/tree.ts'
import { CutModel } from '../../../src/onnx/cut-model.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { metadataKeys } from '../../../src/onnx/model-metadata.ts'
import { runnableModel } from '../../../src/onnx/runnable-model.ts'
import { openBatchSession } from '../../../src/onnx/open-batch-session.ts'
import { openSession, sessionOptions, type InputRows } from '../../../src/onnx/session.ts'
import { readLeaves, readTrees } from '../../../src/onnx/stored-trees.ts'
import { tensor } from '../../../src/onnx/tensor.ts'
import { isProven } from '../../../src/onnx/trees/is-proven.ts'
import { leafMasks } from '../../../src/onnx/trees/leaf-masks.ts'
import { createTreeWalker } from '../../../src/onnx/trees/tree-walker.ts'

/** What the runtime answers by the graph as it is stored. */
async function answersOfStored(bytes: Uint8Array, { rows, columns }: InputRows) {
  const session = await InferenceSession.create(bytes, sessionOptions)
  const feeds = Object.entries(columns).map(([name, column]) => {
    const dims = [rows, column.length / rows]
    if (column instanceof Float64Array) return [name, new Tensor('float64', column, dims)] as const
    return column instanceof Float32Array
      ? ([name, new Tensor('float32', column, dims)] as const)
      : ([name, new Tensor('string', [...column], dims)] as const)
  })
  const answers = await session.run(Object.fromEntries(feeds))
  await session.release()
  return Object.fromEntries(Object.entries(answers).map(([name, { data }]) => [name, data]))
}

async function answersOf(bytes: Uint8Array, given: InputRows) {
  const session = await openSession(bytes)
  const answers = await session.run(given)
  await session.close()
  return answers
}

const features = 5
const categorical = [2, 3, 4]
const category = fc.integer({ min: 0, max: 90 })
const question = fc.oneof(
  fc.record({ feature: fc.constantFrom(0, 1), threshold: fc.float({ noNaN: true }) }),
  fc.record({
    feature: fc.constantFrom(...categorical),
    categories: fc.uniqueArray(fc.oneof(category, fc.integer({ min: 0, max: 3 })), { minLength: 1 }),
  }),
)
const node = fc.record({ question, missingLeft: fc.boolean() })

/** A tree in which every node but the last has the next one on its left or right. */
const tree = fc
  .array(fc.tuple(node, fc.boolean()), { minLength: 1, maxLength: 6 })
  .map((nodes): Tree & { output: number } => {
    const count = nodes.length
    const next = (index: number): number => (index + 1 < count ? index + 1 : ~count)
    return {
      output: 0,
      features: Int32Array.from(nodes, ([{ question }]) => question.feature),
      thresholds: Float32Array.from(nodes, ([{ question }]) =>
        'threshold' in question ? question.threshold : 0,
      ),
      missingLeft: Uint8Array.from(nodes, ([{ missingLeft }]) => Number(missingLeft)),
      categories: nodes.map(([{ question }]) =>
        'categories' in question ? Float32Array.from(question.categories).sort() : null,
      ),
      left: Int32Array.from(nodes, ([, isLeft], index) => (isLeft ? next(index) : ~index)),
      right: Int32Array.from(nodes, ([, isLeft], index) => (isLeft ? ~index : next(index))),
      leafValues: Float32Array.from({ length: count + 1 }, (_, leaf) => Math.fround(Math.sin(leaf + count))),
      gains: new Float64Array(count),
      nodeRows: new Float64Array(count),
      leafRows: new Float64Array(count + 1),
    }
  })
const value = fc.oneof(
  fc.float(),
  category,
  fc.constantFrom(NaN, Infinity, -Infinity, -1, -0, 0, 2.5, 90, 91, 92, 1e9),
)

function modelOf(ensemble: Pick<Ensemble, 'trees'>): Uint8Array {
  const builder = new GraphBuilder()
  const matrix = builder.input('matrix', 'float32', features)
  builder.output('score', emitEnsemble(builder, matrix, { ...ensemble, outputs: 1, features, categorical }))
  return builder.toModel()
}

describe('a model as it is run', () => {
  it('walks trees that ask for categories as the stored one does', async () => {
    const trees = fc.array(tree, { minLength: 1, maxLength: 8 })
    const matrix = fc.array(value, { minLength: 40 * features, maxLength: 40 * features })
    await fc.assert(
      fc.asyncProperty(trees, matrix, async (some, values) => {
        const columns = { matrix: Float32Array.from(values) }
        const given = { rows: 40, columns }
        const model = modelOf({ trees: some })
        expect(await answersOf(model, given)).toEqual(await answersOfStored(model, given))
      }),
      { numRuns: 60 },
    )
  })

  it('answers batches, whose trees are walked apart, as the stored one does', async () => {
    const trees = fc.array(tree, { minLength: 1, maxLength: 8 })
    const matrices = fc.array(fc.array(value, { minLength: 5 * features, maxLength: 5 * features }), {
      minLength: 6,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(trees, matrices, async (some, batches) => {
        const model = modelOf({ trees: some })
        const session = await openBatchSession(model)
        for (const values of batches) {
          const given = { rows: 5, columns: { matrix: Float32Array.from(values) } }
          expect(await session.run(given)).toEqual(await answersOfStored(model, given))
        }
        await session.close()
      }),
      { numRuns: 25 },
    )
  })

  it('trusts no walker of trees that is wrong by a bit anywhere', async () => {
    const [some] = fc.sample(fc.array(tree, { minLength: 3, maxLength: 3 }), { seed: 3, numRuns: 1 })
    const model = CutModel.read(modelOf({ trees: some! }))!
    const ensemble = model.nodes.find(({ op }) => op === 'ml.TreeEnsemble')!
    const trees = readTrees(ensemble)!
    const walk = createTreeWalker(leafMasks(trees, readLeaves(ensemble)!)!, features)
    const port = (value: string, width: number) => ({ name: value, value, type: 'float32' as const, width })
    const [matrix, scores] = [port(ensemble.inputs[0]!, features), port(ensemble.outputs[0]!, 1)]
    const alone = model.part({ given: [matrix], outputs: [scores] })
    const wrong = (values: Float32Array, rows: number) => {
      const sums = walk(values, rows)
      sums[rows - 1]! *= 1 + 2 ** -23
      return sums
    }
    expect(await isProven(walk, { alone, matrix, scores, trees })).toBe(true)
    expect(await isProven(wrong, { alone, matrix, scores, trees })).toBe(false)
  })

  it('leaves trees of too many different questions as they are', () => {
    const [asked] = fc.sample(tree, { seed: 4, numRuns: 1 })
    const asking = (first: number) => ({
      ...asked!,
      features: asked!.features.map(() => 3),
      categories: Array.from(asked!.features, (_, index) => Float32Array.of(first, 50 + index)),
    })
    const few = modelOf({ trees: [asking(1), asking(2), asking(1)] })
    const many = modelOf({ trees: Array.from({ length: 4_097 }, (_, index) => asking(index)) })
    expect(runnableModel(few).bytes).not.toEqual(few)
    expect(runnableModel(many).bytes).toBe(many)
  })

  it('answers as the stored one does where inputs are joined, looked up, or taken as they are', async () => {
    const text = fc.constantFrom('', 'a', 'b', 'ä', 'A', 'longer than most, and never known')
    const someRows = fc.array(fc.tuple(fc.double(), fc.double(), text, text, text), { minLength: 1 })
    const shape = fc.record({ isJoined: fc.boolean(), isShown: fc.boolean(), isTwice: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(someRows, shape, async (rows, how) => {
        const columns = {
          x: Float64Array.from(rows, ([x]) => x),
          pair: Float64Array.from(rows.flatMap(([x, y]) => [y, x])),
          known: rows.map(([, , known]) => known),
          free: rows.map(([, , , free]) => free),
          both: rows.map(([, , , , both]) => both),
        }
        const model = tableModel(how)
        const needed = runnableModel(model).packed!.inputs.map(
          ({ name }) => [name, columns[name as 'x']] as const,
        )
        const given = { rows: rows.length, columns: Object.fromEntries(needed) }
        expect(await answersOf(model, given)).toEqual(await answersOfStored(model, given))
      }),
      { numRuns: 60 },
    )
  })

  it('leaves what was imported as it is', () => {
    const builder = new GraphBuilder()
    builder.output('sum', builder.node('Add', [builder.input('x', 'float64'), builder.input('y', 'float64')]))
    const own = builder.toModel()
    expect(runnableModel(own).packed?.columns.map(({ tensorName }) => tensorName)).toEqual(['x', 'y'])
    expect(runnableModel(own, { packs: false })).toMatchObject({ bytes: own, packed: null })
    const imported = builder.toModel({ [metadataKeys.imported]: 'somebody' })
    expect(runnableModel(imported)).toMatchObject({ bytes: imported, packed: null })
  })

  it('refuses texts that the runtime cannot read, known ones beside them or not', async () => {
    const session = await openSession(tableModel({ isJoined: true, isShown: false, isTwice: false }))
    const columns = { x: Float64Array.of(1), pair: Float64Array.of(1, 2), free: ['a'], both: ['a'] }
    const run = (known: string) => session.run({ rows: 1, columns: { ...columns, known: [known] } })
    await expect(run('a')).resolves.toBeDefined()
    await expect(run('a\0')).rejects.toThrow('the character NUL')
    await expect(run('\ud800')).rejects.toThrow('half of a Unicode character')
    await expect(run(null as unknown as string)).rejects.toThrow('holds no text')
    await session.close()
  })
})

/** Inputs of every kind: `isJoined` together, `isShown` from within, `isTwice` used besides. */
function tableModel({
  isJoined,
  isShown,
  isTwice,
}: Record<'isJoined' | 'isShown' | 'isTwice', boolean>): Uint8Array {
  const builder = new GraphBuilder()
  const codes = (name: string) => {
    const found = builder.node('ml.LabelEncoder', [builder.input(name, 'string')], {
      keys_tensor: { t: tensor('string', [3], ['a', 'ä', '']) },
      values_tensor: { t: tensor('float64', [3], [1, 0.1, NaN]) },
      default_tensor: { t: tensor('float64', [1], [-1]) },
    })
    return builder.declare(found, { type: 'float64', width: 1 })
  }
  const [x, pair] = [builder.input('x', 'float64'), builder.input('pair', 'float64', 2)]
  const [known, both] = [codes('known'), codes('both')]
  builder.output('free text', builder.input('free', 'string'))
  builder.output('both texts', builder.input('both', 'string'))
  const parts = isJoined ? [pair, known, x] : [pair, both]
  const all = builder.node('Concat', parts, { axis: { i: 1 } })
  if (isShown) builder.output('all', all)
  builder.output('narrow', builder.node('Cast', [all], { to: { i: 1 } }))
  builder.output('sum', builder.node('Add', [both, isTwice || !isJoined ? x : both]))
  if (!isJoined) builder.output('code', known)
  return builder.toModel()
}
