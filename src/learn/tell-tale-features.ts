import { rocAuc } from './metrics/roc-curve.ts'
import { joinCompressed, type CompressedChunk } from './compressed-rows.ts'
import type { LearningTable } from './learner.ts'

/** A feature that alone gives the answer, as few things that are known beforehand do. */
export interface TellTale {
  feature: string
  /** Classes: ROC AUC, 0.5 … 1. Numbers: the share of the target’s variance between groups of the feature, 0 … 1. */
  score: number
}

/** So many train rows, from the first on, are enough to see it. */
const rowsLookedAt = 20_000
/** With fewer rows of a class, or in all, it may be chance. */
const fewestRows = 30
const aucLimit = 0.995
const varianceLimit = 0.97
const groupRows = 20
const mostGroups = 200

/**
 * Features whose value alone all but tells the target in the train rows: what was measured after the event, or computed
 * from the answer, does. The worst first. A missing value counts as the lowest.
 */
export async function findTellTales(table: LearningTable): Promise<TellTale[]> {
  const judge =
    table.target.task === 'regression' ? byVariance(table.target.values.train) : byClasses(table.target)
  const columns = table.compressed ? await tellingColumns(table) : (await firstRows(table)).entries()
  const found: TellTale[] = []
  for (const [index, values] of columns) {
    const { score, limit } = judge(values)
    if (score >= limit) found.push({ feature: table.features[index]!, score })
  }
  return found.toSorted((a, b) => b.score - a.score)
}

/**
 * Of rows without their zeros, the features that have others often enough to tell anything, one after the other: rows that
 * share a 0 cannot be told apart, so that of one class nine in ten need another value for an AUC of 0.995.
 */
async function tellingColumns(table: LearningTable): Promise<Iterable<[number, Float32Array]>> {
  const count = Math.min(table.rows.train, rowsLookedAt)
  const chunks: CompressedChunk[] = []
  let read = 0
  for await (const chunk of table.compressed!('train')) {
    chunks.push(chunk)
    read += chunk.rows
    if (read >= count) break
  }
  const rows = joinCompressed(chunks)
  const nonZeros = new Uint32Array(table.features.length)
  for (const feature of rows.features) nonZeros[feature]!++
  const fewest = 0.9 * rarestAnswer(table, rows.rows)
  return (function* () {
    for (const [feature, found] of nonZeros.entries()) {
      if (found < fewest) continue
      yield [feature, columnOf(rows, feature).subarray(0, count)]
    }
  })()
}

/** Rows of the smallest class among the first; of numbers, a share that no few rows make up. */
function rarestAnswer({ target }: LearningTable, rows: number): number {
  if (target.task === 'regression') return Math.max(fewestRows, 0.1 * rows)
  const counts = new Uint32Array(target.classes.length)
  for (const code of target.codes.train.subarray(0, rows)) counts[code]!++
  return Math.max(fewestRows, Math.min(...counts))
}

function columnOf({ rows, starts, features, values }: CompressedChunk, wanted: number): Float32Array {
  const column = new Float32Array(rows)
  for (let row = 0; row < rows; row++) {
    const at = features.subarray(starts[row], starts[row + 1]).indexOf(wanted)
    if (at < 0) continue
    const value = values[starts[row]! + at]!
    column[row] = Number.isNaN(value) ? -Infinity : value
  }
  return column
}

async function firstRows(table: LearningTable): Promise<Float32Array[]> {
  const width = table.features.length
  const count = Math.min(table.rows.train, rowsLookedAt)
  const columns = table.features.map(() => new Float32Array(count))
  let row = 0
  for await (const { rows: own, data } of table.chunks('train')) {
    for (let at = 0; at < own && row < count; at++, row++) {
      for (let feature = 0; feature < width; feature++) {
        const value = data[at * width + feature]!
        columns[feature]![row] = Number.isNaN(value) ? -Infinity : value
      }
    }
    if (row === count) break
  }
  return columns
}

interface Judgement {
  score: number
  limit: number
}

/** Of the classes that have enough rows, the one that is told best. */
function byClasses(target: Extract<LearningTable['target'], { classes: readonly string[] }>) {
  const codes = target.task === 'binary' ? [1] : Array.from(target.classes.keys())
  return (values: Float32Array): Judgement => {
    const scores = codes.map((code) => {
      const positive = Uint8Array.from(values, (_, row) => Number(target.codes.train[row] === code))
      const own = positive.reduce((sum, each) => sum + each, 0)
      if (own < fewestRows || positive.length - own < fewestRows) return 0
      const auc = rocAuc({ positive, scores: values }).value ?? 0.5
      return Math.max(auc, 1 - auc)
    })
    // Of several classes, one may well be told by a single feature; all of them seldom are.
    return { score: Math.min(...scores), limit: aucLimit }
  }
}

/** The correlation ratio η² of the target by groups of rows with neighbouring values of the feature. */
function byVariance(answers: Float64Array) {
  return (values: Float32Array): Judgement => {
    const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!)
    const groups = Math.min(mostGroups, Math.floor(values.length / groupRows))
    if (values.length < fewestRows || groups < 2) return { score: 0, limit: varianceLimit }
    const size = Math.ceil(values.length / groups)
    const mean = meanOf(order, answers)
    const total = squaresAround(order, answers, mean)
    let within = 0
    for (let first = 0; first < order.length; first += size) {
      const group = order.subarray(first, first + size)
      within += squaresAround(group, answers, meanOf(group, answers))
    }
    return { score: total > 0 ? 1 - within / total : 0, limit: varianceLimit }
  }
}

const meanOf = (rows: Uint32Array, answers: Float64Array): number =>
  rows.reduce((sum, row) => sum + answers[row]!, 0) / rows.length

const squaresAround = (rows: Uint32Array, answers: Float64Array, mean: number): number =>
  rows.reduce((sum, row) => sum + (answers[row]! - mean) ** 2, 0)

/** What the user should know, in a whole sentence with the remedy. */
export function tellTaleWarning({ feature, score }: TellTale, column: string): string {
  return (
    `“${feature}” alone all but tells “${column}” (${score.toFixed(3)}). If it is only known after the answer is, ` +
    'give it the role “ignore”: the model will not have it when it matters.'
  )
}
