import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { fitTrees } from '../../../src/learn/gradient-boosted-trees/fit-trees.ts'
import { fitIsolationForest } from '../../../src/learn/isolation-forest/fit-isolation-forest.ts'
import { fitKMeans } from '../../../src/learn/k-means/fit-k-means.ts'
import type { FitRun, LearningTable } from '../../../src/learn/learner.ts'
import { fitLinear } from '../../../src/learn/linear-regression/fit-linear.ts'
import { fitWideRidge } from '../../../src/learn/linear-regression/fit-wide-ridge.ts'
import { fitLogistic } from '../../../src/learn/logistic-regression/fit-logistic.ts'
import { fitNetwork } from '../../../src/learn/neural-network/fit-network.ts'
import { fitPoisson } from '../../../src/learn/poisson-regression/fit-poisson.ts'
import { randomForest } from '../../../src/learn/random-forest/random-forest.ts'
import { createRandom } from '../../../src/tables/random.ts'
import { learningTable, quietRun } from './learning-run.ts'

const width = 40
const rows = 30_000
const random = createRandom(6)
const x = Float32Array.from({ length: rows * width }, () => random.unit())
const y = Float32Array.from({ length: rows }, (_, row) => Number(x[row * width]! + random.unit() > 1))
const classes = learningTable({ train: { x, y }, width, classes: ['no', 'yes'] })
const numbers = learningTable({ train: { x, y }, width })
const endless = { penalty: 'l2', maximumIterations: 1_000_000, tolerance: 0 } as const
const forest = { trees: 100_000, bootstrap: true, minimumRowsInLeaf: 1, bins: 255 } as const

/** The same rows a hundred times, for what takes but one pass. */
const long: LearningTable = {
  ...numbers,
  rows: { train: 100 * rows, validation: 0 },
  async *chunks(part) {
    for (let time = 0; time < 100; time++) yield* numbers.chunks(part)
  },
  target: {
    column: 'y',
    task: 'regression',
    values: { train: new Float64Array(100 * rows), validation: new Float64Array() },
  },
}
const unlabelled = (table: LearningTable) => ({
  features: table.features,
  rows: table.rows.train,
  chunks: () => table.chunks('train'),
})

/** Each would work for long. */
const fits: Record<string, (run: FitRun) => Promise<unknown>> = {
  'boosted trees': (run) =>
    fitTrees(
      classes,
      {
        trees: 100_000,
        learningRate: 0.01,
        leaves: 255,
        minimumRowsInLeaf: 1,
        minimumGain: 0,
        l1: 0,
        l2: 0,
        bins: 255,
        rowShare: 1,
        columnShare: 1,
        earlyStoppingRounds: 0,
      },
      run,
    ),
  'a random forest': (run) => randomForest.fit(classes, { ...forest, splits: 'best' }, run),
  'extra trees': (run) => randomForest.fit(numbers, { ...forest, splits: 'random' }, run),
  'logistic regression': (run) => fitLogistic(classes, { ...endless, inverseStrength: 1e9 }, run),
  'Poisson regression': (run) => fitPoisson(numbers, { ...endless, strength: 1e-9 }, run),
  'linear regression': (run) => fitLinear(long, { penalty: { kind: 'none' } }, run),
  'wide ridge regression': (run) => fitWideRidge(long, { penalty: { kind: 'squares', strength: 1 }, run }),
  'a neural network': (run) =>
    fitNetwork(
      classes,
      {
        hiddenLayers: [64, 64],
        activation: 'relu',
        dropout: 0.1,
        batchNormalization: false,
        weightDecay: 0,
        learningRate: 0.001,
        schedule: 'constant',
        batchRows: 256,
        epochs: 1_000_000,
        patience: 1_000_000,
      },
      run,
    ),
  'an isolation forest': (run) =>
    fitIsolationForest(unlabelled(numbers), { trees: 10_000, sampleRows: 20_000 }, run),
  'k-means': (run) =>
    fitKMeans(
      unlabelled(numbers),
      { fewest: 50, most: 500, chooseBy: 'silhouette', starts: 100, iterations: 10_000, sampleRows: 30_000 },
      run,
    ),
}

/** Threads and what keeps a process alive. */
const resources = (): string[] =>
  process.getActiveResourcesInfo().filter((name) => name === 'MessagePort' || name === 'Worker')

it.each(Object.entries(fits))(
  'stops %s within a second, and leaves no thread behind',
  { retry: 2 },
  async (_, fit) => {
    const before = resources()
    const controller = new AbortController()
    const fitted = fit(quietRun({ threads: 2, signal: controller.signal })).catch((thrown: unknown) => thrown)
    await wait(300)
    const cancelled = performance.now()
    controller.abort()
    expect(await fitted).toMatchObject({ name: 'AbortError' })
    // What a cancel means to whoever waits; on a busy machine one try may be late.
    expect(performance.now() - cancelled).toBeLessThan(1000)
    expect(resources()).toEqual(before)
  },
)
