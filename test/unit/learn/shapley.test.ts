import { describe, expect, it } from 'vitest'
import type { ModelData } from '../../../src/core/artifacts.ts'
import { emitClassAnswer } from '../../../src/learn/emit-class-answer.ts'
import { gaussLegendre } from '../../../src/learn/explain/gauss-legendre.ts'
import { openExplainer, type Explainer } from '../../../src/learn/explain/open-explainer.ts'
import { bySource } from '../../../src/learn/explain/source-shares.ts'
import type { BoostingParameters } from '../../../src/learn/gradient-boosted-trees/boosting-parameters.ts'
import { gradientBoostedTrees } from '../../../src/learn/gradient-boosted-trees/gradient-boosted-trees.ts'
import { leafOfRow, type Tree } from '../../../src/learn/histogram-trees/tree.ts'
import type { Fitted, Learner, LearningTable } from '../../../src/learn/learner.ts'
import { linearRegression } from '../../../src/learn/linear-regression/linear-regression.ts'
import { logisticRegression } from '../../../src/learn/logistic-regression/logistic-regression.ts'
import { poissonRegression } from '../../../src/learn/poisson-regression/poisson-regression.ts'
import { randomForest } from '../../../src/learn/random-forest/random-forest.ts'
import { withTargetTransform } from '../../../src/learn/target-transform/with-target-transform.ts'
import { elementCodes } from '../../../src/onnx/tensor.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { metadataKeys } from '../../../src/onnx/model-metadata.ts'
import { openSession, type OutputColumns } from '../../../src/onnx/session.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun } from './learning-run.ts'

const rows = 800
const width = 6
const explained = 12
const random = createRandom(3, 'shapley')
const complete = Float32Array.from({ length: rows * width }, (_, at) =>
  at % width === 5 ? random.below(9) : random.unit() * 4 - 2,
)
/** The last column holds categories; the others have no value here and there. */
const holed = complete.map((value, at) => (at % width !== 5 && random.unit() < 0.15 ? NaN : value))
const amounts = Array.from({ length: rows }, (_, row) => {
  const [a, b, c, d, , category] = complete.subarray(row * width, (row + 1) * width)
  return Math.exp((a! * b!) / 3 + (c! > 0 ? d! / 2 : 0) + (category! % 3) / 2)
})
const inTwo = amounts.map((amount) => Number(amount > 1.5))
const inThree = amounts.map((amount) => Number(amount > 1) + Number(amount > 2.5))
const names = Array.from({ length: width }, (_, index) => `column ${index}`)

const boosting: BoostingParameters = {
  trees: 12,
  learningRate: 0.3,
  leaves: 12,
  minimumRowsInLeaf: 5,
  minimumGain: 0,
  l1: 0,
  l2: 1,
  bins: 64,
  rowShare: 1,
  columnShare: 1,
  earlyStoppingRounds: 0,
  categorical: ['feature 5'],
}
const forest = { trees: 10, splits: 'best', bootstrap: true, minimumRowsInLeaf: 8, bins: 64 } as const

interface Explained {
  base: number
  /** By row. */
  contributions: number[][]
  outputs: OutputColumns
  explainer: Pick<Explainer, 'method' | 'scale'>
}

/** Fits, puts the model into a graph of one column a feature, and explains the first rows from that graph. */
async function explain<Params, Model>(
  learner: Learner<Params, Model>,
  params: Params,
  options: { x: Float32Array; y: number[]; classes?: readonly string[]; code?: number },
): Promise<Explained & { fitted: Fitted<Model> }> {
  const { x, y, classes, code = 0 } = options
  const table = learningTable({ train: { x, y }, width, ...(classes && { classes }) })
  const fitted = await learner.fit(table, params, quietRun())
  const bytes = graphOf(learner, fitted, table)
  const columns = Object.fromEntries(
    names.map((name, index) => [
      name,
      Float64Array.from({ length: explained }, (_, row) => x[row * width + index]!),
    ]),
  )
  const explainer = await openExplainer({
    bytes,
    model: modelOf(learner.type, table),
    classCode: code,
    background: { columns, rows: explained },
    seed: 1,
  })
  const { base, contributions } = await explainer.explain(columns, explained)
  await explainer.close()
  const session = await openSession(bytes)
  const outputs = await session.run({ rows: explained, columns })
  await session.close()
  const byRow = Array.from({ length: explained }, (_, row) =>
    Array.from(contributions.subarray(row * width, (row + 1) * width)),
  )
  return { base, contributions: byRow, outputs, explainer, fitted }
}

function graphOf<Params, Model>(
  learner: Learner<Params, Model>,
  fitted: Fitted<Model>,
  { target }: LearningTable,
): Uint8Array {
  const builder = new GraphBuilder()
  const wide = builder.node(
    'Concat',
    names.map((name) => builder.input(name, 'float64')),
    { axis: { i: 1 } },
  )
  const matrix = builder.node('Cast', [wide], { to: { i: elementCodes.float32 } })
  const answer = learner.emit(builder, matrix, fitted.model)
  if (target.task === 'regression') builder.output('value', answer)
  else
    for (const [name, value] of Object.entries(emitClassAnswer(builder, answer, target)))
      builder.output(name, value)
  return builder.toModel({
    [metadataKeys.sources]: JSON.stringify(names.map((name) => ({ width: 1, from: [name] }))),
    ...(fitted.means && { [metadataKeys.means]: JSON.stringify([...fitted.means]) }),
  })
}

function modelOf(type: string, { target, features }: LearningTable): ModelData {
  return {
    task: target.task,
    target: { name: 'answer', ...(target.task !== 'regression' && { classes: [...target.classes] }) },
    signature: {
      inputs: names.map((name) => ({ name, type: 'number' as const, source: 'test' })),
      outputs: [],
    },
    features: [...features],
    learner: { type, params: {} },
    trainedOn: '',
  }
}

/** Lundberg, Erion and Lee 2018, algorithm 1: both ways, by train rows, where a feature is not known. */
function expected(tree: Tree, row: Float32Array, known: number, worthOf: (leaf: number) => number): number {
  const from = (child: number): number => {
    if (child < 0) return worthOf(~child)
    const [left, right] = [tree.left[child]!, tree.right[child]!]
    if (known & (1 << tree.features[child]!)) return from(goesLeft(tree, child, row) ? left : right)
    const rowsOf = (each: number) => (each < 0 ? tree.leafRows[~each]! : tree.nodeRows[each]!)
    return (rowsOf(left) * from(left) + rowsOf(right) * from(right)) / tree.nodeRows[child]!
  }
  return from(0)
}

/** By the tree's own way of routing a row: one with this node alone. */
function goesLeft(tree: Tree, node: number, row: Float32Array): boolean {
  const alone = {
    ...tree,
    features: tree.features.slice(node, node + 1),
    thresholds: tree.thresholds.slice(node, node + 1),
    missingLeft: tree.missingLeft.slice(node, node + 1),
    ...(tree.categories && { categories: [tree.categories[node] ?? null] }),
    left: Int32Array.of(~0),
    right: Int32Array.of(~1),
  }
  return leafOfRow(alone, row, 0) === 0
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))

/** Shapley's formula, over all subsets. */
function bruteForce(worth: (known: number) => number): number[] {
  const worths = Array.from({ length: 1 << width }, (_, known) => worth(known))
  return names.map((_, player) => {
    let sum = 0
    for (let known = 0; known < 1 << width; known++) {
      if (known & (1 << player)) continue
      const size = known.toString(2).replaceAll('0', '').length
      const weight = (factorial(size) * factorial(width - size - 1)) / factorial(width)
      sum += weight * (worths[known | (1 << player)]! - worths[known]!)
    }
    return sum
  })
}

function expectShapley(
  found: Explained,
  trees: readonly (Tree & { output?: number })[],
  options: {
    x: Float32Array
    worthOf?: (tree: number, leaf: number) => number
    sign?: number
    output?: number
  },
): void {
  const { x, worthOf = (tree, leaf) => trees[tree]!.leafValues[leaf]!, sign = 1, output = 0 } = options
  for (const [row, contributions] of found.contributions.entries()) {
    const values = x.subarray(row * width, (row + 1) * width)
    const exact = bruteForce((known) =>
      trees.reduce(
        (sum, tree, index) =>
          (tree.output ?? output) === output
            ? sum + sign * expected(tree, values, known, (leaf) => worthOf(index, leaf))
            : sum,
        0,
      ),
    )
    for (const [player, value] of exact.entries())
      expect(Math.abs(contributions[player]! - value)).toBeLessThan(1e-6)
  }
}

const sumOf = ({ base, contributions }: Explained, row: number): number =>
  contributions[row]!.reduce((sum, value) => sum + value, base)

function expectSums(found: Explained, scoreOf: (row: number) => number): void {
  for (let row = 0; row < explained; row++) {
    const score = scoreOf(row)
    expect(Math.abs(sumOf(found, row) - score)).toBeLessThan(1e-6 * Math.max(1, Math.abs(score)) * 4)
  }
}

const valueIn =
  ({ outputs }: Explained) =>
  (row: number) =>
    outputs['value']![row] as number
const probabilityIn =
  ({ outputs }: Explained, classes: number, code: number) =>
  (row: number) =>
    outputs['probabilities']![row * classes + code] as number

describe('Shapley values of trees are those over all subsets, and add up to the score', () => {
  it('for boosted amounts with missing values and categories', async () => {
    const found = await explain(gradientBoostedTrees, boosting, { x: holed, y: amounts })
    expect(found.explainer).toMatchObject({ method: 'tree-shap', scale: 'value' })
    expect(found.fitted.model.trees.some(({ categories }) => categories)).toBe(true)
    expectShapley(found, found.fitted.model.trees, { x: holed })
    expectSums(found, valueIn(found))
  })

  it('for counts, on the logarithm', async () => {
    const found = await explain(
      gradientBoostedTrees,
      { ...boosting, loss: 'poisson' },
      { x: holed, y: amounts },
    )
    expect(found.explainer.scale).toBe('logarithm')
    expectSums(found, (row) => Math.log(valueIn(found)(row)))
  })

  it('for either of two classes, on the log-odds', async () => {
    for (const [code, sign] of [
      [0, -1],
      [1, 1],
    ] as const) {
      const options = { x: holed, y: inTwo, classes: ['no', 'yes'], code }
      const found = await explain(gradientBoostedTrees, boosting, options)
      expect(found.explainer).toMatchObject({ method: 'tree-shap', scale: 'log-odds' })
      expectShapley(found, found.fitted.model.trees, { x: holed, sign })
      const probability = probabilityIn(found, 2, code)
      const other = probabilityIn(found, 2, 1 - code)
      expectSums(found, (row) => Math.log(probability(row) / other(row)))
    }
  })

  it('for one of three classes', async () => {
    const options = { x: holed, y: inThree, classes: ['a', 'b', 'c'] }
    const one = await explain(gradientBoostedTrees, boosting, { ...options, code: 1 })
    const other = await explain(gradientBoostedTrees, boosting, { ...options, code: 2 })
    expect(one.explainer.scale).toBe('log-weight')
    expectShapley(one, one.fitted.model.trees, { x: holed, output: 1 })
    for (let row = 0; row < explained; row++) {
      const ratio = probabilityIn(one, 3, 1)(row) / probabilityIn(one, 3, 2)(row)
      expect(sumOf(one, row) - sumOf(other, row)).toBeCloseTo(Math.log(ratio), 5)
    }
  })

  it('for forests: amounts, two classes, three classes', async () => {
    const amount = await explain(randomForest, forest, { x: holed, y: amounts })
    expectShapley(amount, amount.fitted.model.trees, { x: holed })
    expectSums(amount, valueIn(amount))
    for (const code of [0, 1]) {
      const two = await explain(randomForest, forest, { x: holed, y: inTwo, classes: ['no', 'yes'], code })
      expect(two.explainer.scale).toBe('probability')
      expectShapley(two, two.fitted.model.trees, { x: holed, sign: code === 0 ? -1 : 1 })
      expectSums(two, probabilityIn(two, 2, code))
    }
    const three = await explain(randomForest, forest, {
      x: holed,
      y: inThree,
      classes: ['a', 'b', 'c'],
      code: 1,
    })
    const { model } = three.fitted
    if (model.task !== 'multiclass') throw new TypeError('three classes')
    expectShapley(three, model.trees, {
      x: holed,
      worthOf: (tree, leaf) => model.leafShares[tree]![leaf * 3 + 1]!,
    })
    expectSums(three, probabilityIn(three, 3, 1))
  })
})

describe('Shapley values of linear models are coefficients by the distance from the mean', () => {
  const means = names.map(
    (_, index) => complete.reduce((sum, value, at) => (at % width === index ? sum + value : sum), 0) / rows,
  )

  function expectLinear(found: Explained, coefficients: ArrayLike<number>): void {
    expect(found.explainer.method).toBe('linear-shap')
    for (const [row, contributions] of found.contributions.entries())
      for (const [index, value] of contributions.entries()) {
        const exact = coefficients[index]! * (complete[row * width + index]! - means[index]!)
        expect(value).toBeCloseTo(exact, 5)
      }
  }

  it('for amounts, also those learned as logarithms or powers', async () => {
    const plain = { penalty: { kind: 'none' } } as const
    const found = await explain(linearRegression, plain, { x: complete, y: amounts })
    expectLinear(found, found.fitted.model.coefficients)
    expectSums(found, valueIn(found))
    const logarithm = withTargetTransform(linearRegression, 'log')
    const logged = await explain(logarithm, plain, { x: complete, y: amounts })
    expect(logged.explainer.scale).toBe('logarithm')
    expectSums(logged, (row) => Math.log(valueIn(logged)(row)))
    const raised = await explain(withTargetTransform(linearRegression, 'box-cox'), plain, {
      x: complete,
      y: amounts.map((amount) => amount ** 2),
    })
    expect(['power', 'logarithm']).toContain(raised.explainer.scale)
  })

  it('for counts, on the logarithm', async () => {
    const params = { penalty: 'none', strength: 1, maximumIterations: 100, tolerance: 1e-6 } as const
    const found = await explain(poissonRegression, params, { x: complete, y: amounts })
    expectLinear(found, found.fitted.model.coefficients)
    expect(found.explainer.scale).toBe('logarithm')
    expectSums(found, (row) => Math.log(valueIn(found)(row)))
  })

  it('for classes, on the log-odds', async () => {
    const params = { penalty: 'l2', inverseStrength: 1, maximumIterations: 100, tolerance: 1e-6 } as const
    for (const code of [0, 1]) {
      const found = await explain(logisticRegression, params, {
        x: complete,
        y: inTwo,
        classes: ['no', 'yes'],
        code,
      })
      const { coefficients } = found.fitted.model
      expect(found.explainer.scale).toBe('log-odds')
      expectLinear(found, code === 1 ? coefficients : coefficients.map((value) => -value))
      const [ours, other] = [probabilityIn(found, 2, code), probabilityIn(found, 2, 1 - code)]
      expectSums(found, (row) => Math.log(ours(row) / other(row)))
    }
  })
})

describe('sampled Shapley values', () => {
  it('add up to the answer, and are right within their errors', async () => {
    const { sampledShapley } = await import('../../../src/learn/explain/sampled-shapley.ts')
    const background = Object.fromEntries(
      names.map((name, index) => [
        name,
        Float64Array.from({ length: 200 }, (_, row) => complete[row * width + index]!),
      ]),
    )
    const row = Object.fromEntries(names.map((name, index) => [name, Float64Array.of(index - 2)]))
    const worth = (values: readonly number[]) =>
      values[0]! * values[1]! + 2 * values[2]! + (values[3]! > 0 ? values[4]! : 0)
    const found = await sampledShapley({
      columns: row,
      names,
      rows: 1,
      background: { columns: background, rows: 200 },
      rounds: 2,
      seed: 5,
      ask: async (columns, count) =>
        Array.from({ length: count }, (_, at) => worth(names.map((name) => columns[name]![at] as number))),
    })
    const given = names.map((_, index) => index - 2)
    const exact = bruteForce((known) => {
      let sum = 0
      for (let at = 0; at < 200; at++)
        sum += worth(
          given.map((value, index) => (known & (1 << index) ? value : complete[at * width + index]!)),
        )
      return sum / 200
    })
    const total = found.contributions.reduce((sum, value) => sum + value, found.base)
    expect(total).toBeCloseTo(worth(given), 9)
    for (const [index, value] of exact.entries())
      expect(Math.abs(found.contributions[index]! - value)).toBeLessThan(4 * found.errors[index]! + 1e-9)
    expect(found.contributions[5]).toBe(0)
  })
})

describe('contributions by source', () => {
  it('sum codes of one column, and share evenly what is mixed of several', () => {
    const shares = { columns: ['a', 'b'], from: [[0], [0], [0, 1], [1]], mixed: [['a', 'b']] }
    expect(bySource(Float64Array.of(1, 2, 10, 4, 0, 0, 1, 0), 2, shares)).toEqual(
      Float64Array.of(8, 9, 0.5, 0.5),
    )
  })
})

describe('Gauss–Legendre quadrature', () => {
  it('integrates polynomials exactly', () => {
    for (let points = 1; points <= 40; points++) {
      const { places, weights } = gaussLegendre(points)
      for (const degree of [0, points, 2 * points - 1]) {
        const integral = places.reduce((sum, place, at) => sum + weights[at]! * place ** degree, 0)
        expect(integral).toBeCloseTo(1 / (degree + 1), 13)
      }
    }
  })
})
