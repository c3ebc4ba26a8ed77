import { z } from 'zod'
import { columnNamed, isNumeric, type Column, type TableShape } from '../../../src/core/columns.ts'
import { unknownColumns } from '../../../src/node-kit/column-selection.ts'
import { defineNode } from '../../../src/node-kit/define-node.ts'
import type { NodeFinding } from '../../../src/node-kit/propagation.ts'

const params = z.strictObject({
  actual: z.string().default('').meta({
    title: 'Truth',
    description:
      'The column with what was true; rows that have no value yet do not count. Empty: the target.',
    widget: 'column',
  }),
  prediction: z.string().default('prediction').meta({
    title: 'Prediction',
    description: 'The column with what the model said.',
    widget: 'column',
  }),
  probability: z
    .string()
    .default('probability')
    .meta({
      title: 'Probability',
      description:
        'Classes: the column with the probability that came along, of the positive class where there are two, else of the ' +
        'predicted one. Without that column there are no ROC AUC and no estimate.',
      widget: 'column',
    }),
  positive: z.string().default('').meta({
    title: 'Positive class',
    description: 'Of two classes: whose probability it is. Empty: the last one in the order of the alphabet.',
  }),
  by: z.enum(['rows', 'time']).default('rows').meta({
    title: 'Windows by',
    description: 'Equally many rows each, in the order of the table, or equally long spans of time.',
  }),
  rows: z.int().min(10).default(1000).meta({
    title: 'Rows of a window',
    description: 'The last window may have fewer.',
    unit: 'rows',
  }),
  time: z.string().default('').meta({
    title: 'Time',
    description: 'The column with the date or time of each prediction.',
    widget: 'column',
  }),
  every: z.enum(['hour', 'day', 'week', 'month']).default('day').meta({
    title: 'Length of a window',
    description: 'In UTC; weeks begin on Monday.',
  }),
  segments: z.array(z.string()).max(10).default([]).meta({
    title: 'Segments',
    description: 'Columns whose values are looked at one by one: the worst come first.',
    widget: 'columns',
  }),
  margin: z
    .number()
    .min(0)
    .max(1)
    .default(0.03)
    .meta({
      title: 'Margin',
      description:
        'Quality has dropped when the newest window with truths is worse than the reference by more than this share (of ' +
        'accuracy in points, of an error in per cent) and chance is ruled out.',
    }),
  significance: z.number().gt(0).lt(1).default(0.05).meta({
    title: 'Significance',
    description: 'Chance is ruled out below this p-value.',
  }),
  severity: z.enum(['report', 'warning', 'error']).default('warning').meta({
    title: 'Severity',
    description: 'When quality has dropped: report it only, warn, or fail the step and keep the report.',
  }),
})
export type QualityParams = z.output<typeof params>

/** Predictions of a model that grew worse from the fortieth row on. */
function predictionsCsv(rows = 60): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const says = (row * 7) % 10 < 4
    const isWrong = row < 40 ? row % 10 === 3 : row % 2 === 0
    const probability = says ? 0.6 + (row % 4) / 10 : 0.4 - (row % 4) / 10
    const truth = row > rows - 6 ? '' : says === isWrong ? 'no' : 'yes'
    const day = String(1 + Math.floor(row / 10)).padStart(2, '0')
    return `2026-03-${day},${row % 3 === 0 ? 'north' : 'south'},${says ? 'yes' : 'no'},${probability.toFixed(1)},${truth}`
  })
  return ['day,region,said,chance,left', ...lines, ''].join('\n')
}

export const quality = defineNode({
  id: 'monitoring.quality',
  version: 1,
  title: 'Watch quality',
  summary: 'Measures predictions against the truth that came later, window by window.',
  description:
    'A model grows old: the world moves on, and what was learned holds less and less. This step cuts predictions into ' +
    'windows by rows or time, measures those whose truth is known, and compares the newest with a reference: labelled ' +
    'predictions of a time when all was well, or else the first window.\n\n' +
    'Where truths are late, calibrated probabilities already say what to expect: the mean confidence of the answers is ' +
    'the accuracy that a calibrated model will turn out to have. It is given with its 95 % band for every window, labelled ' +
    'or not; it knows nothing of a world that has changed, so drift is to be watched beside it.',
  keywords: [
    'accuracy',
    'performance',
    'decay',
    'concept drift',
    'labels',
    'ground truth',
    'monitor',
    'prequential',
    'mae',
  ],
  inputs: {
    table: { type: 'table', title: 'Predictions', description: 'With what was true, where it is known.' },
    reference: {
      type: 'table',
      title: 'Reference',
      optional: true,
      description: 'Labelled predictions to compare with; else the first window.',
    },
  },
  outputs: {
    report: {
      type: 'report',
      title: 'Report',
      description: 'Quality by window and segment, with what to expect.',
    },
  },
  params,
  failures: {
    dropped: {
      kind: 'user',
      message: 'Quality has dropped: {metric} was {reference} and is {current} in the newest window.',
      remedy:
        'Look at the report (`pipewright runs show latest {node}`) for when it began and in which segments; train anew on recent ' +
        'rows.',
    },
    'no-truth': {
      kind: 'user',
      message: 'No row has both a prediction and a value of “{column}”.',
      remedy: 'Join the truths to the predictions first, or choose the column that holds them.',
    },
  },
  examples: [
    {
      title: 'Worse by half since the fortieth row',
      params: {
        actual: 'left',
        prediction: 'said',
        probability: 'chance',
        rows: 20,
        segments: ['region'],
      },
      inputs: { table: { csv: predictionsCsv() } },
    },
    {
      title: 'Day by day',
      params: { actual: 'left', prediction: 'said', by: 'time', time: 'day', margin: 0.1 },
      inputs: { table: { csv: predictionsCsv() }, reference: { csv: predictionsCsv(40) } },
    },
  ],
  effect: 'pure',
  learnsFrom: 'nothing',
  propagate({ inputs: { table, reference }, params }) {
    return {
      outputs: { report: { kind: 'report' } },
      findings: [
        ...columnFindings(table, params),
        ...(reference
          ? columnFindings(reference, params).map((each) => Object.assign(each, { port: 'reference' }))
          : []),
      ],
    }
  },
})

/** The column with the truth; undefined where none is named and there is no target. */
export function actualColumn(
  { columns }: { columns: readonly Column[] },
  { actual }: Pick<QualityParams, 'actual'>,
): Column | undefined {
  return columns.find(({ name, role }) => (actual === '' ? role === 'target' : name === actual))
}

function columnFindings(table: TableShape, params: QualityParams): NodeFinding[] {
  if (!table.known) return []
  const named = (name: string, param: string): NodeFinding[] =>
    name === '' ? [] : unknownColumns({ table, names: [name], param: () => param })
  const unknown = [
    ...named(params.actual, 'actual'),
    ...named(params.prediction, 'prediction'),
    ...(params.by === 'time' ? named(params.time, 'time') : []),
    ...unknownColumns({ table, names: params.segments, param: (index) => `segments.${index}` }),
  ]
  if (unknown.length > 0) return unknown
  const actual = actualColumn(table, params)
  const prediction = columnNamed(table, params.prediction)
  if (!actual) return [noTruth]
  if (!prediction) return [noPrediction]
  return [
    ...(isAmount(prediction) && !isNumeric(actual.type) ? [unlike(actual, prediction)] : []),
    ...(params.by === 'time' ? timeFindings(table, params) : []),
  ]
}

/** Whether a column holds answers that are numbers: else they are classes. */
export const isAmount = ({ type }: Column): boolean => isNumeric(type) && type !== 'boolean'

const noTruth: NodeFinding = {
  code: 'missing-column',
  severity: 'error',
  message: 'It is not said which column holds the truth, and the table has no target.',
  remedy: 'Choose the column.',
  param: 'actual',
}

const noPrediction: NodeFinding = {
  code: 'missing-column',
  severity: 'error',
  message: 'It is not said which column holds the predictions.',
  remedy: 'Choose the column.',
  param: 'prediction',
}

const unlike = (actual: Column, prediction: Column): NodeFinding => ({
  code: 'wrong-type',
  severity: 'error',
  message: `“${actual.name}” and “${prediction.name}” cannot be compared: the predictions are numbers and the truths are not.`,
  remedy: 'Choose columns of one kind, or convert one with “Cast types”.',
  param: 'prediction',
})

function timeFindings(table: TableShape, { time }: QualityParams): NodeFinding[] {
  const type = columnNamed(table, time)?.type
  if (type === 'date' || type === 'datetime') return []
  return [
    {
      code: 'wrong-type',
      severity: 'error',
      message: time === '' ? 'It is not said which column holds the time.' : `“${time}” holds no dates.`,
      remedy: 'Choose a column of dates or times.',
      param: 'time',
    },
  ]
}
