import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fitTrees } from '../../../src/learn/gradient-boosted-trees/fit-trees.ts'
import { predictWithTrees } from '../../../src/learn/gradient-boosted-trees/predict-trees.ts'
import { rSquared } from '../../../src/learn/metrics/regression-errors.ts'
import { rocAuc } from '../../../src/learn/metrics/roc-curve.ts'
import { learningTable, quietRun } from './learning-run.ts'

const root = join(import.meta.dirname, '../../..')
/** Made by test/fixtures/sklearn/make-trees.py with HistGradientBoosting of scikit-learn 1.2.1. */
const peer = JSON.parse(readFileSync(join(root, 'test/fixtures/sklearn/trees.json'), 'utf8')) as {
  telco: PeerResult & { roc_auc: number }
  adult: PeerResult & { roc_auc: number }
  california: PeerResult & { r2: number }
  diamonds: PeerResult & { r2: number }
  friedman: PeerResult & { r2: number }
}
interface PeerResult {
  rows: number
  features: number
  sum: number
}

/** As in the script. */
const likeThePeer = {
  trees: 100,
  learningRate: 0.1,
  leaves: 31,
  minimumRowsInLeaf: 20,
  minimumGain: 0,
  l1: 0,
  l2: 0,
  bins: 255,
  rowShare: 1,
  columnShare: 1,
  earlyStoppingRounds: 0,
}

interface Matrix {
  width: number
  x: Float32Array
  y: number[]
}

/** Numbers as they are, texts as one 0/1 column a value in the order of values; columns in the order of the file. */
function exampleMatrix(
  path: string,
  {
    drop = [],
    target,
    numbers,
    positive,
  }: { drop?: string[]; target: string; numbers: string[]; positive?: string },
): Matrix {
  const lines = readFileSync(join(root, 'examples', path), 'utf8')
    .replaceAll('"', '')
    .split('\n')
  const [header = [], ...records] = lines
    .map((line) => line.trim().split(/, */))
    .filter((fields) => fields.length > 1)
  const columns = header.flatMap((name, index) => {
    if (name === target || drop.includes(name)) return []
    const texts = records.map((fields) => fields[index]!)
    if (numbers.includes(name)) return [texts.map((text) => (text.trim() === '' ? NaN : Number(text)))]
    return [...new Set(texts)].toSorted().map((value) => texts.map((text) => Number(text === value)))
  })
  const answer = header.indexOf(target)
  return {
    width: columns.length,
    x: Float32Array.from(records.flatMap((_, row) => columns.map((column) => column[row]!))),
    y: records.map((fields) =>
      positive === undefined ? Number(fields[answer]) : Number(fields[answer]!.startsWith(positive)),
    ),
  }
}

/** Friedman 1991, with missing values where the last feature is high; random numbers as in the script. */
function friedmanMatrix(rows: number): Matrix {
  let state = 12345
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  const x = new Float32Array(rows * 10)
  const y = Array.from({ length: rows }, (_, row) => {
    const features = x.subarray(row * 10, row * 10 + 10)
    for (let column = 0; column < 10; column++) features[column] = next()
    const [a, b, c, d, e] = features as unknown as [number, number, number, number, number]
    const value = 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e + 4 * (next() - 0.5)
    if (features[9]! > 0.8) features[3] = NaN
    return value
  })
  return { width: 10, x, y }
}

function splitOff({ width, x, y }: Matrix) {
  const part = (isWanted: (row: number) => boolean) => {
    const rows = Array.from(y.keys()).filter(isWanted)
    const matrix = new Float32Array(rows.length * width)
    for (const [index, row] of rows.entries())
      matrix.set(x.subarray(row * width, (row + 1) * width), index * width)
    return { x: matrix, y: rows.map((row) => y[row]!) }
  }
  return { train: part((row) => row % 5 !== 4), test: part((row) => row % 5 === 4) }
}

async function predictTest(matrix: Matrix, classes?: readonly string[]) {
  const { train, test } = splitOff(matrix)
  const { width } = matrix
  const { model } = await fitTrees(
    learningTable({ train, width, ...(classes && { classes }) }),
    likeThePeer,
    quietRun(),
  )
  const answers = predictWithTrees(model, { rows: test.y.length, data: test.x })
  const sum = train.x.reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0)
  return { answers, actual: test.y, table: { rows: train.y.length, features: width, sum } }
}

async function testR2(matrix: Matrix) {
  const { answers, actual, table } = await predictTest(matrix)
  const { value } = rSquared({ actual: Float64Array.from(actual), predicted: answers as Float64Array })
  return { r2: value!, table }
}

async function testAuc(matrix: Matrix) {
  const { answers, actual, table } = await predictTest(matrix, ['no', 'yes'])
  const scores = Float32Array.from(actual, (_, row) => answers[2 * row + 1]!)
  return { auc: rocAuc({ positive: Uint8Array.from(actual), scores }).value!, table }
}

describe('boosted trees do as well as scikit-learn’s', () => {
  it('on telco churn', async () => {
    const numbers = ['SeniorCitizen', 'tenure', 'MonthlyCharges', 'TotalCharges']
    const found = await testAuc(
      exampleMatrix('telco-churn/telco-churn.csv', {
        drop: ['customerID'],
        target: 'Churn',
        numbers,
        positive: 'Yes',
      }),
    )
    expect(found.table).toEqual(sameTable(peer.telco))
    expect(Math.abs(found.auc - peer.telco.roc_auc)).toBeLessThan(0.002)
  })

  it('on adult income', async () => {
    const numbers = ['age', 'fnlwgt', 'education_num', 'capital_gain', 'capital_loss', 'hours_per_week']
    const found = await testAuc(
      exampleMatrix('adult-income/adult-train.csv', { target: 'income', numbers, positive: '>50K' }),
    )
    expect(found.table).toEqual(sameTable(peer.adult))
    expect(Math.abs(found.auc - peer.adult.roc_auc)).toBeLessThan(0.002)
  })

  it('on Friedman’s function', async () => {
    const found = await testR2(friedmanMatrix(20_000))
    expect(found.table).toEqual(sameTable(peer.friedman))
    expect(Math.abs(found.r2 - peer.friedman.r2)).toBeLessThan(0.002)
  })

  it('on houses in California', async () => {
    const numbers = ['longitude', 'latitude', 'housing_median_age', 'total_rooms', 'total_bedrooms']
    numbers.push('population', 'households', 'median_income')
    const found = await testR2(
      exampleMatrix('california-housing/california-housing.csv', { target: 'median_house_value', numbers }),
    )
    expect(found.table).toEqual(sameTable(peer.california))
    expect(found.r2).toBeGreaterThan(peer.california.r2 - 0.002)
  })

  it('on diamonds', async () => {
    const numbers = ['carat', 'depth', 'table', 'x', 'y', 'z']
    const found = await testR2(exampleMatrix('diamonds/diamonds.csv', { target: 'price', numbers }))
    expect(found.table).toEqual(sameTable(peer.diamonds))
    expect(Math.abs(found.r2 - peer.diamonds.r2)).toBeLessThan(0.002)
  })
})

/** Both sides learned from the same matrix. */
const sameTable = ({ rows, features, sum }: PeerResult) => ({
  rows,
  features,
  sum: expect.closeTo(sum, 3) as number,
})
