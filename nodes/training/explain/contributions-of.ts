import type { Artifact } from '../../../src/core/artifacts.ts'
import type { HeldColumns } from '../../../src/learn/explain/held-columns.ts'
import { openExplainer, type Explainer, type Explanation } from '../../../src/learn/explain/open-explainer.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { answerOf } from './answer-of.ts'
import type { explain, ExplainParams } from './definition.ts'
import type { HeldRows } from './held-rows.ts'

type Context = ContextOf<typeof explain>

/** A column over the rows: how much it moves the answer, and, for the first columns, value by value. */
interface ColumnContributions {
  column: string
  type: string
  meanAbsolute: number
  /** Dates and times in epoch milliseconds. */
  values?: (number | string | null)[]
  contributions?: number[]
}

interface RowContributions {
  /** What base and contributions sum up to. */
  score: number
  /** The strongest first. */
  contributions: {
    column: string
    value: number | string | null
    contribution: number
    /** Its standard error, where it is sampled. */
    error?: number
  }[]
}

/** Rows that explanations by sampling compare with. */
const backgroundRows = 50
/** Elementary steps that a report is worth: less than a minute. */
const mostWork = 1e10
const columnsWithPoints = 20

/** What each column adds to the answer, over some rows and for single ones. */
export async function contributionsOf(
  context: Context,
  from: { model: Artifact<'model'>; bytes: Uint8Array; params: ExplainParams; held: HeldRows },
) {
  const { model, bytes, params, held } = from
  const answer = answerOf(model)
  const explainer = await openExplainer({
    bytes,
    model: model.data,
    classCode: 'class' in answer ? model.data.target.classes!.indexOf(answer.class) : 0,
    background: evenly(held, backgroundRows),
    seed: context.seed,
  })
  try {
    const affordable = Math.max(1, Math.floor(mostWork / Math.max(1, explainer.workOfRow)))
    const rows = evenly(held, Math.min(params.contributionRows, affordable))
    const explanation = await explainRows(context, explainer, rows)
    return {
      method: explainer.method,
      scale: explainer.scale,
      mixed: explainer.mixed,
      count: rows.rows,
      base: explanation.base,
      columns: summaryOf(model, { explainer, explanation, ...rows }),
      rows: shownRows(params.shownRows, { explainer, explanation, ...rows }),
    }
  } finally {
    await explainer.close()
  }
}

/** Some rows together, so that a step can be cancelled between them. */
const rowsAtOnce = 16

async function explainRows(
  context: Context,
  explainer: Explainer,
  { columns, rows }: { columns: HeldColumns; rows: number },
): Promise<Explanation> {
  const width = explainer.columns.length
  const contributions = new Float64Array(rows * width)
  const errors = explainer.method === 'sampled-shapley' ? new Float64Array(rows * width) : null
  let base = 0
  for (let first = 0; first < rows; first += rowsAtOnce) {
    context.signal.throwIfAborted()
    context.progress({ share: 0.8 + (0.2 * first) / rows, note: 'taking answers apart' })
    const end = Math.min(rows, first + rowsAtOnce)
    const part = await explainer.explain(rowsOf(columns, range(first, end)), end - first)
    contributions.set(part.contributions, first * width)
    if (part.errors) errors?.set(part.errors, first * width)
    base = part.base
  }
  return { base, contributions, errors }
}

interface Explained {
  explainer: Explainer
  explanation: Explanation
  columns: HeldColumns
  rows: number
}

function summaryOf(
  { data }: Artifact<'model'>,
  { explainer, explanation, columns, rows }: Explained,
): ColumnContributions[] {
  const width = explainer.columns.length
  const typeOf = new Map(data.signature.inputs.map(({ name, type }) => [name, type]))
  const all = explainer.columns.map((column, index) => {
    const contributions = Array.from(
      { length: rows },
      (_, row) => explanation.contributions[row * width + index]!,
    )
    const sum = contributions.reduce((total, value) => total + Math.abs(value), 0)
    return { column, type: typeOf.get(column)!, meanAbsolute: sum / rows, contributions }
  })
  const sorted = all.toSorted((a, b) => b.meanAbsolute - a.meanAbsolute)
  return sorted.map(({ column, type, meanAbsolute, contributions }, place) => {
    if (place >= columnsWithPoints) return { column, type, meanAbsolute }
    const values = range(0, rows).map((row) => valueAt(columns, column, row))
    return { column, type, meanAbsolute, values, contributions }
  })
}

/** From the lowest to the highest score. */
function shownRows(wanted: number, { explainer, explanation, columns, rows }: Explained): RowContributions[] {
  const width = explainer.columns.length
  const scores = range(0, rows).map((row) =>
    explanation.contributions
      .subarray(row * width, (row + 1) * width)
      .reduce((sum, value) => sum + value, explanation.base),
  )
  const ranked = range(0, rows).toSorted((a, b) => scores[a]! - scores[b]! || a - b)
  return evenPlaces(rows, Math.min(wanted, rows)).map((place) => {
    const row = ranked[place]!
    const contributions = explainer.columns.map((column, index) => ({
      column,
      value: valueAt(columns, column, row),
      contribution: explanation.contributions[row * width + index]!,
      ...(explanation.errors && { error: explanation.errors[row * width + index]! }),
    }))
    return {
      score: scores[row]!,
      contributions: contributions.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    }
  })
}

function valueAt(columns: HeldColumns, name: string, row: number): number | string | null {
  const value = columns[name]![row]!
  return value === '' || Number.isNaN(value) ? null : value
}

/** So many of the rows, from the first to the last. */
function evenly(held: HeldRows, wanted: number): { columns: HeldColumns; rows: number } {
  const rows = Math.min(wanted, held.count)
  return { columns: rowsOf(held.columns, evenPlaces(held.count, rows)), rows }
}

function rowsOf(columns: HeldColumns, rows: readonly number[]): HeldColumns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      values instanceof Float64Array
        ? Float64Array.from(rows, (row) => values[row]!)
        : rows.map((row) => values[row]!),
    ]),
  )
}

const evenPlaces = (from: number, wanted: number): number[] =>
  range(0, wanted).map((index) => (wanted === 1 ? 0 : Math.round((index * (from - 1)) / (wanted - 1))))

const range = (first: number, end: number): number[] =>
  Array.from({ length: end - first }, (_, index) => first + index)
