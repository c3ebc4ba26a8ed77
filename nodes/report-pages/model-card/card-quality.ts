import type { CardPart, CardTable } from './card-parts.ts'
import { text, warning } from './card-parts.ts'
import type { CardEvaluation, CardExplanation, CardSlice } from './card-reports.ts'
import type { CardSource } from './card-source.ts'
import { showNumber, showText } from '../../../src/report-pages/show-values.ts'

const notEvaluated = warning('How good the model is was not measured in its run.')

export function qualityParts({ model }: CardSource, evaluation: CardEvaluation | null): CardPart[] {
  if (!evaluation) return [notEvaluated]
  const { rows, count, model: measured } = evaluation
  const intervals = measured.intervals ?? {}
  const lines = Object.entries(measured.metrics).flatMap(([name, { value }]) => {
    if (value === null) return []
    const { low = null, high = null } = intervals[name] ?? {}
    const interval = low === null || high === null ? '–' : `${showNumber(low)} to ${showNumber(high)}`
    return [[name.replaceAll('_', ' '), { number: showNumber(value) }, { number: interval }]]
  })
  return [
    text(
      `On ${showNumber(count)} ${rows} rows. The intervals hold the true value 95 times of 100 (bootstrap).`,
    ),
    { kind: 'table', columns: ['metric', 'value', '95 % interval'], rows: lines },
    ...confusionParts(model.target.classes ?? [], measured.confusion),
  ]
}

function confusionParts(
  classes: readonly string[],
  confusion: readonly (readonly number[])[] | undefined,
): CardPart[] {
  if (!confusion || classes.length > 12) return []
  return [
    text('How rows of each class were answered:'),
    {
      kind: 'table',
      columns: ['true class', ...classes.map((name) => `answered ${showText(name, 24)}`)],
      rows: confusion.map((line, code) => [
        showText(classes[code]!, 24),
        ...line.map((weight) => ({ number: showNumber(weight) })),
      ]),
    },
  ]
}

const mostSlices = 12

export function sliceParts({ model }: CardSource, evaluation: CardEvaluation | null): CardPart[] {
  if (!evaluation) return []
  const { slices = [], found } = evaluation.model
  const told = found?.worst ?? []
  const keys = new Set(told.map(keyOf))
  const all = [...told, ...slices.filter((slice) => !keys.has(keyOf(slice)))].slice(0, mostSlices)
  if (all.length === 0)
    return [warning('Groups of rows were not looked at apart: whom the model serves worse is not known.')]
  const metric = model.task === 'regression' ? 'rmse' : 'log_loss'
  const shown = [metric, ...(model.task === 'regression' ? ['r2'] : ['accuracy', 'roc_auc'])]
  return [
    text('The worst first; groups of few rows vary by chance.'),
    {
      kind: 'table',
      columns: ['group', 'rows', ...shown.map((name) => name.replaceAll('_', ' '))],
      rows: all.map((slice) => sliceRow(slice, shown)),
    },
  ]
}

function sliceRow(slice: CardSlice, shown: readonly string[]): CardTable['rows'][number] {
  const metrics = shown.map((name) => slice.metrics[name])
  const numbers = metrics.map((value) => ({ number: value === undefined ? '–' : showNumber(value) }))
  return [`${slice.column}: ${valueOf(slice)}`, { number: showNumber(slice.count) }, ...numbers]
}

const keyOf = ({ column, value }: CardSlice): string => JSON.stringify([column, value])

function valueOf({ value }: CardSlice): string {
  if (value === null) return 'no value'
  if (typeof value === 'string') return showText(value, 40)
  const { from, to } = value
  return `${from === null ? '…' : showNumber(from)} to ${to === null ? '…' : showNumber(to)}`
}

const mostBars = 15

export function importanceParts({ model }: CardSource, explanation: CardExplanation | null): CardPart[] {
  if (!explanation) {
    const shares = (model.importances ?? []).map((value, index) => ({ name: model.features[index]!, value }))
    if (shares.length === 0) return []
    return [
      text('Shares that the learner itself reports, by column of numbers as it sees them.'),
      bars({ name: 'column', value: 'share', all: shares }),
    ]
  }
  const { importances, metric, contributions, count, answer } = explanation
  const about = answer.class === undefined ? '' : ` for “${answer.class}”`
  return [
    text(
      `How much worse ${metric.replaceAll('_', ' ')} gets on ${showNumber(count)} rows when a column is shuffled:`,
    ),
    bars({
      name: 'column',
      value: 'loss',
      all: importances.map(({ column, mean }) => ({ name: column, value: mean })),
    }),
    ...(contributions
      ? [
          text(
            `By how much a column moves the answer of a row${about}, on average (Shapley values, ${scaleWords(contributions.scale)}):`,
          ),
          bars({
            name: 'column',
            value: 'moves by',
            all: contributions.columns.map(({ column, meanAbsolute }) => ({
              name: column,
              value: meanAbsolute,
            })),
          }),
          ...contributions.mixed.map((names) =>
            text(`${names.join(', ')} are seen mixed together; what they add is shared evenly among them.`),
          ),
        ]
      : []),
    text('That the model goes by a column does not say that the column is the cause.'),
  ]
}

function scaleWords(scale: string): string {
  return scale === 'value' || scale === 'probability' ? `in the ${scale}` : `in ${scale.replaceAll('-', ' ')}`
}

function bars(options: {
  name: string
  value: string
  all: readonly { name: string; value: number }[]
}): CardPart {
  const sorted = options.all.toSorted((a, b) => b.value - a.value).slice(0, mostBars)
  return {
    kind: 'bars',
    name: options.name,
    value: options.value,
    bars: sorted.map(({ name, value }) => ({ name, value, text: showNumber(value) })),
  }
}

export function calibrationParts(evaluation: CardEvaluation | null): CardPart[] {
  const calibration = evaluation?.model.calibration
  if (!calibration) return []
  const { predicted, observed, weight } = calibration
  return [
    {
      kind: 'calibration',
      points: predicted.map((share, index) => ({
        predicted: share,
        observed: observed[index]!,
        weight: weight[index]!,
      })),
    },
  ]
}
