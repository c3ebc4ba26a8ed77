import type { Artifact } from '../../../src/core/artifacts.ts'
import type { HeldColumns } from '../../../src/learn/explain/held-columns.ts'
import { openExplainer, type Explainer, type Explanation } from '../../../src/learn/explain/open-explainer.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import type { Answer } from './answer-of.ts'
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
  /** The class that is told of, of several. */
  class?: string | undefined
  /** What is said of a row that nothing is known of. */
  base: number
  /** What base and contributions sum up to. */
  score: number
  /** The strongest first. */
  contributions: {
    column: string
    value: number | string | null
    contribution: number
    /** Its standard error, where it is sampled. */
    error?: number | undefined
  }[]
}

/** Rows that explanations by sampling compare with. */
const backgroundRows = 50
/** Elementary steps that a report is worth: less than a minute. */
const mostWork = 1e10
const columnsWithPoints = 20

interface ToExplain {
  model: Artifact<'model'>
  bytes: Uint8Array
  params: ExplainParams
  held: HeldRows
  answer: Answer
  /** The class that the model gives each held row; null for amounts. */
  answered: readonly string[] | null
}

/** What each column adds to the answer, over some rows and for single ones; of several classes, to each of them. */
export async function contributionsOf(context: Context, from: ToExplain) {
  const { model, params, held, answer } = from
  const { classes = [], positive } = model.data.target
  const tellsAll = classes.length > 2 && positive === undefined && params.class === undefined
  const code = 'class' in answer ? classes.indexOf(answer.class) : 0
  const codes = tellsAll ? [code, ...range(0, classes.length).filter((each) => each !== code)] : [code]
  const explained: ExplainedClass[] = []
  let rows: ChosenRows | undefined
  for (const [place, each] of codes.entries()) {
    const explainer = await openExplainer({
      bytes: from.bytes,
      model: model.data,
      classCode: each,
      background: evenly(held, backgroundRows),
      seed: context.seed,
    })
    try {
      const work = Math.max(1, explainer.workOfRow * codes.length)
      rows ??= evenly(held, Math.min(params.contributionRows, Math.max(1, Math.floor(mostWork / work))))
      const explanation = await explainRows(context, { explainer, rows, place, of: codes.length })
      explained.push({ code: each, explainer, explanation })
    } finally {
      await explainer.close()
    }
  }
  const [main] = explained as [ExplainedClass]
  const { method, scale, mixed } = main.explainer
  return {
    method,
    scale,
    mixed,
    count: rows!.count,
    base: main.explanation.base,
    columns: summaryOf(model, main, rows!),
    rows: shownRows(from, explained, rows!),
    ...(tellsAll && {
      classes: explained
        .toSorted((a, b) => a.code - b.code)
        .map((each) => ({
          class: classes[each.code]!,
          base: each.explanation.base,
          columns: summaryOf(model, each, rows!).map(({ column, meanAbsolute }) => ({
            column,
            meanAbsolute,
          })),
        })),
    }),
  }
}

interface ExplainedClass {
  code: number
  explainer: Explainer
  explanation: Explanation
}

interface ChosenRows {
  columns: HeldColumns
  count: number
  /** Where each stands among the held rows. */
  places: readonly number[]
}

/** Some rows together, so that a step can be cancelled between them. */
const rowsAtOnce = 16

async function explainRows(
  context: Context,
  from: { explainer: Explainer; rows: ChosenRows; place: number; of: number },
): Promise<Explanation> {
  const {
    explainer,
    rows: { columns, count: rows },
    place,
    of,
  } = from
  const width = explainer.columns.length
  const contributions = new Float64Array(rows * width)
  const errors = explainer.method === 'sampled-shapley' ? new Float64Array(rows * width) : null
  let base = 0
  for (let first = 0; first < rows; first += rowsAtOnce) {
    context.signal.throwIfAborted()
    context.progress({ share: 0.8 + (0.2 * (place + first / rows)) / of, note: 'taking answers apart' })
    const end = Math.min(rows, first + rowsAtOnce)
    const part = await explainer.explain(rowsOf(columns, range(first, end)), end - first)
    contributions.set(part.contributions, first * width)
    if (part.errors) errors?.set(part.errors, first * width)
    base = part.base
  }
  return { base, contributions, errors }
}

function summaryOf(
  { data }: Artifact<'model'>,
  { explainer, explanation }: ExplainedClass,
  { columns, count: rows }: ChosenRows,
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

/** From the lowest to the highest score; of several classes, each row is told about its own answer. */
function shownRows(
  { params, model, answered }: ToExplain,
  explained: readonly ExplainedClass[],
  { columns, count, places }: ChosenRows,
): RowContributions[] {
  const [main] = explained as [ExplainedClass]
  const { classes = [] } = model.data.target
  const scores = range(0, count).map((row) => scoreOf(main, row))
  const ranked = range(0, count).toSorted((a, b) => scores[a]! - scores[b]! || a - b)
  return evenPlaces(count, Math.min(params.shownRows, count)).map((place) => {
    const row = ranked[place]!
    const own = explained.find(({ code }) => classes[code] === answered?.[places[row]!]) ?? main
    const { explainer, explanation } = own
    const at = row * explainer.columns.length
    const contributions = explainer.columns.map((column, index) => ({
      column,
      value: valueAt(columns, column, row),
      contribution: explanation.contributions[at + index]!,
      error: explanation.errors?.[at + index],
    }))
    return {
      class: explained.length > 1 ? classes[own.code] : undefined,
      base: explanation.base,
      score: scoreOf(own, row),
      contributions: contributions.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
    }
  })
}

function scoreOf({ explainer, explanation }: ExplainedClass, row: number): number {
  const width = explainer.columns.length
  return explanation.contributions
    .subarray(row * width, (row + 1) * width)
    .reduce((sum, value) => sum + value, explanation.base)
}

function valueAt(columns: HeldColumns, name: string, row: number): number | string | null {
  const value = columns[name]![row]!
  return value === '' || Number.isNaN(value) ? null : value
}

/** So many of the rows, from the first to the last. */
function evenly(held: HeldRows, wanted: number): ChosenRows & { rows: number } {
  const count = Math.min(wanted, held.count)
  const places = evenPlaces(held.count, count)
  return { columns: rowsOf(held.columns, places), count, rows: count, places }
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
