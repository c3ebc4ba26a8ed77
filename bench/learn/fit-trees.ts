import { open, readFile } from 'node:fs/promises'
import { fitTrees } from '../../src/learn/gradient-boosted-trees/fit-trees.ts'
import { predictWithTrees } from '../../src/learn/gradient-boosted-trees/predict-trees.ts'
import type { LearningTable, MatrixChunk } from '../../src/learn/learner.ts'
import { rocAuc } from '../../src/learn/metrics/roc-curve.ts'
import { matrixWidth } from './write-matrix.ts'

/** Our side of the comparison, in a process of its own: prints the seconds of a fit and the AUC on other rows. */
const [train = '', test = '', trees = '', threads = ''] = process.argv.slice(2)
const labels = new Uint8Array(await readFile(`${train}.y.u8`))
const table: LearningTable = {
  features: Array.from({ length: matrixWidth }, (_, index) => `feature ${index}`),
  rows: { train: labels.length, validation: 0 },
  chunks: () => chunksOf(train),
  target: {
    column: 'answer',
    task: 'binary',
    classes: ['0', '1'],
    codes: { train: Uint16Array.from(labels), validation: new Uint16Array() },
  },
}
const start = performance.now()
const { model } = await fitTrees(
  table,
  {
    trees: Number(trees),
    learningRate: 0.1,
    leaves: 31,
    minimumRowsInLeaf: 20,
    minimumGain: 0,
    l1: 0,
    l2: 1,
    bins: 255,
    rowShare: 1,
    columnShare: 1,
    earlyStoppingRounds: 0,
  },
  { seed: 7, threads: Number(threads), signal: new AbortController().signal, progress: () => {} },
)
const seconds = (performance.now() - start) / 1000
const positive = new Uint8Array(await readFile(`${test}.y.u8`))
const scores = new Float32Array(positive.length)
let row = 0
for await (const chunk of chunksOf(test)) {
  const answers = predictWithTrees(model, chunk)
  for (let index = 0; index < chunk.rows; index++, row++) scores[row] = answers[2 * index + 1]!
}
console.log(JSON.stringify({ seconds, auc: rocAuc({ positive, scores }).value }))

async function* chunksOf(path: string): AsyncIterable<MatrixChunk> {
  const file = await open(`${path}.x.f32`)
  try {
    for (;;) {
      const data = new Float32Array(4096 * matrixWidth)
      const { bytesRead } = await file.read(new Uint8Array(data.buffer))
      if (bytesRead === 0) return
      const rows = bytesRead / 4 / matrixWidth
      yield { rows, data: data.subarray(0, rows * matrixWidth) }
    }
  } finally {
    await file.close()
  }
}
