import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { emitKMeans } from '../../../src/learn/k-means/emit-k-means.ts'
import { fitKMeans } from '../../../src/learn/k-means/fit-k-means.ts'
import type { KMeansParameters } from '../../../src/learn/k-means/k-means-model.ts'
import { chooseClusters } from '../../../src/learn/k-means/choose-clusters.ts'
import { moveCenters } from '../../../src/learn/k-means/lloyd.ts'
import { nearestCenter } from '../../../src/learn/k-means/nearest-center.ts'
import { silhouette } from '../../../src/learn/k-means/silhouette.ts'
import type { UnlabelledTable } from '../../../src/learn/unlabelled-table.ts'
import { GraphBuilder } from '../../../src/onnx/graph-builder.ts'
import { openSession } from '../../../src/onnx/session.ts'
import { createRandom } from '../../../src/tables/random.ts'

interface Case {
  width: number
  clusters: number
  data: number[]
  start: number[]
  centers: number[]
  inertia: number
  labels: number[]
  silhouette: number
}

/** Made by test/fixtures/sklearn/make-k-means.py with scikit-learn 1.2.1. */
const cases = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/sklearn/k-means.json'), 'utf8'),
) as Case[]

const turn = () => undefined
const run = { seed: 1, threads: 1, signal: new AbortController().signal, progress: () => {} }
const parameters: KMeansParameters = {
  fewest: 2,
  most: 6,
  chooseBy: 'silhouette',
  starts: 3,
  iterations: 100,
  sampleRows: 100,
}

function tableOf(data: Float32Array, width: number): UnlabelledTable {
  return {
    features: Array.from({ length: width }, (_, index) => `x${index}`),
    rows: data.length / width,
    async *chunks() {
      const size = 64 * width
      for (let at = 0; at < data.length; at += size)
        yield await Promise.resolve({
          rows: Math.min(size, data.length - at) / width,
          data: data.subarray(at, at + size),
        })
    },
  }
}

/** Three far groups of rows. */
function groups(rows: number): Float32Array {
  const random = createRandom(3)
  return Float32Array.from({ length: rows * 2 }, (_, at) => {
    const group = Math.floor(at / 2) % 3
    return (at % 2 === 0 ? group : group * group) * 10 + random.unit()
  })
}

describe('k-means', () => {
  it('moves centers to where scikit-learn moves them from the same start', async () => {
    for (const { width, data, start, centers, inertia, labels } of cases) {
      const table = tableOf(Float32Array.from(data), width)
      const found = await moveCenters(
        () => table.chunks(),
        { centers: Float64Array.from(start), width },
        { iterations: 500, tolerance: 0, turn },
      )
      expect([...found.centers]).toEqual(centers.map((value) => expect.closeTo(value, 6) as unknown))
      expect(found.inertia / inertia).toBeCloseTo(1, 6)
      const own = labels.map(
        (_, row) => nearestCenter(Float32Array.from(data), row * width, { ...found, width }).cluster,
      )
      expect(own).toEqual(labels)
    }
  })

  it('judges clusters by the silhouette of scikit-learn', async () => {
    for (const { width, clusters, data, labels, silhouette: wanted } of cases) {
      const points = { rows: labels.length, width, data: Float32Array.from(data) }
      const found = await silhouette(points, { labels: Uint16Array.from(labels), clusters }, turn)
      expect(found).toBeCloseTo(wanted, 6)
    }
  })

  it('finds the number of clusters by silhouette and by elbow, in all rows from a sample', async () => {
    const data = groups(3000)
    for (const chooseBy of ['silhouette', 'elbow'] as const) {
      const { model, counts, tried } = await fitKMeans(tableOf(data, 2), { ...parameters, chooseBy }, run)
      expect(model.clusters).toBe(3)
      expect([...counts]).toEqual([1000, 1000, 1000])
      expect(tried.map(({ clusters }) => clusters)).toEqual([2, 3, 4, 5, 6])
    }
    expect(chooseClusters([{ clusters: 4, inertia: 1, silhouette: null }], 'elbow')).toBe(4)
  })

  it('gives equal models for equal seeds', async () => {
    const data = groups(500)
    const [one, other] = [
      await fitKMeans(tableOf(data, 2), parameters, run),
      await fitKMeans(tableOf(data, 2), parameters, run),
    ]
    expect(one).toEqual(other)
  })

  it('leaves no cluster empty where there are rows enough', async () => {
    const data = Float32Array.of(0, 1, 10, 11, 50)
    const found = await moveCenters(
      () => tableOf(data, 1).chunks(),
      // Nothing is nearest to the last.
      { centers: Float64Array.of(0, 30, 1000), width: 1 },
      { iterations: 100, tolerance: 0, turn },
    )
    expect([...found.counts].every((count) => count > 0)).toBe(true)
    expect([...found.centers].toSorted((a, b) => a - b)).toEqual([0.5, 10.5, 50])
  })

  it('takes equal rows, and refuses missing values and too few rows', async () => {
    const same = tableOf(new Float32Array(40).fill(2), 2)
    const { model } = await fitKMeans(same, { ...parameters, most: 3 }, run)
    expect(model.centers.every((value) => value === 2)).toBe(true)
    const missing = tableOf(Float32Array.of(1, Number.NaN, 3, 4, 5, 6), 1)
    await expect(fitKMeans(missing, { ...parameters, most: 2 }, run)).rejects.toThrow(
      /has no value in 1 of 6/,
    )
    await expect(fitKMeans(tableOf(Float32Array.of(1), 1), parameters, run)).rejects.toThrow(/too few/)
  })

  it('answers in its graph as it learned', async () => {
    const data = groups(300)
    const { model } = await fitKMeans(tableOf(data, 2), parameters, run)
    const builder = new GraphBuilder()
    const matrix = builder.input('matrix', 'float32', 2)
    for (const [name, value] of Object.entries(emitKMeans(builder, matrix, model)))
      builder.output(name, value)
    const session = await openSession(builder.toModel())
    const columns = { matrix: data.slice(0, 20) as unknown as Float64Array }
    columns.matrix[6] = Number.NaN
    const { cluster, distances } = await session.run({ rows: 10, columns })
    await session.close()
    expect(cluster![3]).toBe('')
    for (const row of [0, 1, 2, 4, 5, 6, 7, 8, 9]) {
      const near = nearestCenter(data, row * 2, { centers: model.centers, width: 2 })
      expect(cluster![row]).toBe(String(near.cluster + 1))
      expect(distances![row * 3 + near.cluster]).toBeCloseTo(Math.sqrt(near.squared), 9)
    }
  })
})
