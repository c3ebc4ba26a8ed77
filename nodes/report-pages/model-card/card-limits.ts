import type { ColumnSketch } from '../../../src/core/sketch-schema.ts'
import { showNumber, showShare, showText, showValue } from '../../../src/report-pages/show-values.ts'
import type { CardPart } from './card-parts.ts'
import { text, warning } from './card-parts.ts'
import type { CardEvaluation } from './card-reports.ts'
import type { CardSource } from './card-source.ts'

interface Known {
  evaluation: CardEvaluation | null
  training: { warnings: string[]; rows: { train: number } } | null
}

/** Fewer rows of a class, or rows that judge, say little. */
const fewRows = 200
const rareShare = 0.01

/** Where the model should not be trusted, or only with care. */
export function limitsOf(source: CardSource, known: Known): CardPart[] {
  const sketches = source.model.signature.inputs.flatMap(({ name }) => source.inputs[name] ?? [])
  return [
    ...(known.training?.warnings ?? []).map(warning),
    ...checksPart(source),
    ...balanceParts(source, known.evaluation),
    ...rareParts(sketches),
    ...rangeParts(sketches),
    text(
      'What lies outside of these ranges, and texts that are not among the values seen, were never learned from: the ' +
        'model answers all the same. Watch new data for drift.',
    ),
  ]
}

/** Checks of the data that did not hold when the model was made. */
function checksPart({ run }: CardSource): CardPart[] {
  const failed = (run?.steps ?? []).filter(({ reports }) =>
    reports.some(({ metrics }) => (metrics['unsuccessful_expectations'] ?? 0) > 0),
  )
  return failed.map(({ node }) => warning(`Checks of the data in “${node}” did not hold.`))
}

function balanceParts({ model }: CardSource, evaluation: CardEvaluation | null): CardPart[] {
  const few =
    evaluation && evaluation.count < fewRows
      ? [warning(`Only ${showNumber(evaluation.count)} rows judged the model: its metrics are uncertain.`)]
      : []
  const { classes } = model.target
  const { confusion } = evaluation?.model ?? {}
  if (!classes || !evaluation || !confusion) return few
  const sums = confusion.map((line) => line.reduce((sum, weight) => sum + weight, 0))
  const total = sums.reduce((sum, weight) => sum + weight, 0)
  const shares = sums.map((weight, code) => `“${showText(classes[code]!)}” ${showShare(weight / total)}`)
  const seldom = classes.filter((_, code) => sums[code]! / total < 0.05)
  return [
    ...few,
    text(`Of the ${evaluation.rows} rows: ${shares.join(', ')}.`),
    ...(seldom.length > 0
      ? [
          warning(
            `Seldom: ${seldom.map((name) => `“${showText(name)}”`).join(', ')}. Accuracy alone says little there.`,
          ),
        ]
      : []),
  ]
}

const mostRare = 10

function rareParts(sketches: readonly ColumnSketch[]): CardPart[] {
  const rare = sketches.flatMap((sketch) => {
    if (sketch.type !== 'text') return []
    const rows = sketch.nulls + sketch.top.reduce((sum, { count }) => sum + count, 0)
    const values = sketch.top.filter(({ count }) => count < rareShare * rows)
    return values.length === 0
      ? []
      : [
          `${sketch.name}: ${values
            .slice(0, mostRare)
            .map(({ value }) => `“${showText(String(value), 30)}”`)
            .join(', ')}`,
        ]
  })
  return rare.length === 0
    ? []
    : [
        text('Values that fewer than 1 % of the train rows have, on which the model has little to go by:'),
        { kind: 'list', items: rare },
      ]
}

function rangeParts(sketches: readonly ColumnSketch[]): CardPart[] {
  if (sketches.length === 0) return []
  return [
    text('What the train rows held:'),
    {
      kind: 'table',
      columns: ['column', 'type', 'seen', '1 % to 99 %', 'without a value'],
      rows: sketches.map((sketch) => [
        sketch.name,
        sketch.type,
        seenOf(sketch),
        middleOf(sketch),
        { number: showNumber(sketch.nulls) },
      ]),
    },
  ]
}

const mostValues = 6

function seenOf(sketch: ColumnSketch): string {
  if (sketch.type === 'text' || sketch.type === 'boolean') {
    const shown = sketch.top.slice(0, mostValues).map(({ value }) => showValue(value, sketch.type))
    const more = sketch.distinct.count - shown.length
    return `${shown.map((value) => showText(value, 24)).join(', ')}${more > 0 ? ` and ${showNumber(more)} more` : ''}`
  }
  const { numbers } = sketch
  return numbers
    ? `${showValue(numbers.min, sketch.type)} to ${showValue(numbers.max, sketch.type)}`
    : 'nothing'
}

function middleOf(sketch: ColumnSketch): string {
  if (sketch.type === 'text' || sketch.type === 'boolean' || !sketch.numbers) return '–'
  const { quantiles } = sketch.numbers
  return `${showValue(quantiles[0]!, sketch.type)} to ${showValue(quantiles.at(-1)!, sketch.type)}`
}
