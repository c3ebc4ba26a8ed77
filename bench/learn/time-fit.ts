import { readFile } from 'node:fs/promises'
import type { Fitted, FitRun, LearningTable, MatrixChunk } from '../../src/learn/learner.ts'
import { rocAuc } from '../../src/learn/metrics/roc-curve.ts'
import { readMatrixFile } from './read-matrix-file.ts'

/** Fits a learner of two classes to one matrix file and prints seconds, of all cores too, and the AUC on another. */
export async function timeFit<Model>(options: {
  train: string
  test: string
  width: number
  threads: number
  fit: (table: LearningTable, run: FitRun) => Promise<Fitted<Model>>
  predict: (model: Model, chunk: MatrixChunk) => Float32Array | Float64Array
}): Promise<void> {
  const { train, test, width, threads, fit, predict } = options
  const labels = new Uint8Array(await readFile(`${train}.y.u8`))
  const table: LearningTable = {
    features: Array.from({ length: width }, (_, index) => `feature ${index}`),
    rows: { train: labels.length, validation: 0 },
    chunks: () => readMatrixFile(train, width),
    target: {
      column: 'answer',
      task: 'binary',
      classes: ['0', '1'],
      codes: { train: Uint16Array.from(labels), validation: new Uint16Array() },
    },
  }
  const start = performance.now()
  const cpuStart = process.cpuUsage()
  const { model } = await fit(table, {
    seed: 7,
    threads,
    signal: new AbortController().signal,
    progress: () => {},
  })
  const seconds = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpuStart)
  const positive = new Uint8Array(await readFile(`${test}.y.u8`))
  const scores = new Float32Array(positive.length)
  let row = 0
  for await (const chunk of readMatrixFile(test, width)) {
    const answers = predict(model, chunk)
    for (let index = 0; index < chunk.rows; index++, row++) scores[row] = answers[2 * index + 1]!
  }
  const auc = rocAuc({ positive, scores }).value
  console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6, auc }))
}
