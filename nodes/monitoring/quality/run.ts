import type { ReportData } from '../../../src/core/artifacts.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeReport } from '../../write-report.ts'
import { actualColumn, quality, type QualityParams } from './definition.ts'
import { judgeQuality, type Judgement } from './judge-quality.ts'
import { measureRows, type ClassNames, type Measurement } from './measure-rows.ts'
import { classesOf, readPredictions, type Predictions } from './read-predictions.ts'
import { windowsOf, type Window } from './windows.ts'

export const run = defineRun(quality, async ({ table, reference }, params, context) => {
  const current = await readPredictions(context, table.data, params)
  const before = reference ? await readPredictions(context, reference.data, params) : null
  const names = namesIn(before ? [before, current] : [current], params)
  const windows = windowsOf(current, params).map((window) => ({
    window,
    measurement: measureRows(current, window.places, names),
  }))
  const labelled = windows.filter(({ measurement }) => measurement.losses.length > 0)
  if (labelled.length === 0) context.fail('no-truth', { column: actualColumn(table.data, params)!.name })
  const baseline = before ? measureRows(before, allPlaces(before), names) : labelled[0]!.measurement
  const judged = judgeQuality(
    { reference: baseline, current: labelled.at(-1)!.measurement, kind: current.answers.kind },
    params,
  )
  const report = await writeReport(context, reportOf({ windows, current, names, baseline, judged, params }))
  if (judged?.dropped && params.severity !== 'report') {
    const values = {
      metric: judged.metric,
      reference: shown(judged.reference),
      current: shown(judged.current),
      node: context.node,
    }
    if (params.severity === 'error') context.fail('dropped', values, { outputs: { report } })
    context.log('warning', 'Quality has dropped: {metric} was {reference} and is {current}.', values)
  }
  return { report }
})

function namesIn(all: readonly Predictions[], { positive }: QualityParams): ClassNames {
  const classes = classesOf(all)
  return {
    classes,
    positive: classes.length === 2 ? (classes.includes(positive) ? positive : classes[1]!) : null,
  }
}

const allPlaces = ({ rows }: Predictions): number[] => Array.from({ length: rows }, (_, place) => place)

/** Four digits that say something. */
const shown = (value: number): number => Number(value.toPrecision(4))

interface Found {
  windows: readonly { window: Window; measurement: Measurement }[]
  current: Predictions
  names: ClassNames
  baseline: Measurement
  judged: Judgement | null
  params: QualityParams
}

function reportOf({ windows, current, names, baseline, judged, params }: Found): ReportData {
  const labelled = windows.reduce((sum, { measurement }) => sum + measurement.losses.length, 0)
  const content = {
    task: current.answers.kind,
    by: params.by,
    reference: baseline.measured,
    judged,
    windows: windows.map(({ window: { from, to }, measurement }) =>
      Object.assign({ from, to }, measurement.measured),
    ),
    segments: segmentsOf(current, { names, headline: headlineOf(current) }),
  }
  return {
    type: 'quality',
    metrics: {
      ...(judged && {
        [`${judged.metric}_reference`]: judged.reference,
        [judged.metric]: judged.current,
        quality_dropped: Number(judged.dropped),
      }),
      labelled_share: current.rows === 0 ? 0 : labelled / current.rows,
    },
    content: JSON.parse(JSON.stringify(content)) as ReportData['content'],
  }
}

const headlineOf = ({ answers }: Predictions): 'accuracy' | 'mae' =>
  answers.kind === 'classes' ? 'accuracy' : 'mae'

/** Values with fewer labelled rows say little. */
const fewestRows = 5
const mostSegments = 50

/** Each value of the segment columns with truths, the worst first. */
function segmentsOf(
  predictions: Predictions,
  { names, headline }: { names: ClassNames; headline: 'accuracy' | 'mae' },
) {
  const worst = headline === 'accuracy' ? 1 : -1
  return Object.entries(predictions.segments)
    .flatMap(([column, values]) =>
      [...Map.groupBy(allPlaces(predictions), (place) => values[place]!)].map(([value, places]) =>
        Object.assign({ column, value }, measureRows(predictions, places, names).measured),
      ),
    )
    .filter((segment) => segment.labelled >= fewestRows)
    .toSorted((a, b) => worst * (a.metrics[headline]! - b.metrics[headline]!))
    .slice(0, mostSegments)
}
