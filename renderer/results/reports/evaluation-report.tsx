import { useState, type ReactNode } from 'react'
import { formatCount } from '../../ui/format-amount.ts'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { amountText, metricTitle } from '../format-amounts.ts'
import { ConfusionMatrix } from './confusion-matrix.tsx'
import { CurveChart } from './curve-chart.tsx'
import type { EvaluatedModel, Evaluation } from './evaluation-content.ts'
import { GenericContent } from './generic-content.tsx'
import { ResidualsView } from './residuals-view.tsx'
import { FactTable, MetricTiles, ReportSection } from './report-parts.tsx'
import { ThresholdExplorer } from './threshold-explorer.tsx'

/** How good models are: their metrics and curves beside each other, and one of them closely. */
export function EvaluationReport({ content }: { content: Evaluation }) {
  const { models, rows, count, missing } = content
  const [chosen, setChosen] = useState(models[0]!.name)
  const model = models.find(({ name }) => name === chosen) ?? models[0]!
  return (
    <div className="flex flex-col gap-5">
      <p className="text-ink-soft">
        Measured on {formatCount(count)} {rows === 'all' ? '' : `${rows} `}rows
        {missing > 0 && `; ${formatCount(missing)} rows without an answer are left out`}.
      </p>
      {models.length === 1 ? <MetricTiles metrics={definedMetrics(model)} /> : <Comparison models={models} />}
      <UndefinedMetrics models={models} />
      <Curves models={models} />
      {models.length > 1 && (
        <div>
          <SegmentedControl
            label="Model"
            value={model.name}
            options={models.map(({ name }) => ({ value: name, title: name }))}
            onChange={setChosen}
          />
        </div>
      )}
      <OneModel key={model.name} model={model} />
      <GenericContent content={beyond(content, knownOfReport)} />
    </div>
  )
}

const knownOfReport = new Set(['rows', 'count', 'missing', 'models'])
const knownOfModel = new Set([
  'name',
  'task',
  'target',
  'threshold',
  'metrics',
  'confusion',
  'roc',
  'precisionRecall',
  'calibration',
  'gain',
  'thresholds',
  'residuals',
  'learner',
])

const beyond = (content: Readonly<Record<string, unknown>>, known: ReadonlySet<string>) =>
  Object.fromEntries(Object.entries(content).filter(([name]) => !known.has(name)))

const definedMetrics = ({ metrics }: EvaluatedModel): Record<string, number> =>
  Object.fromEntries(
    Object.entries(metrics).flatMap(([name, { value }]) => (value === null ? [] : [[name, value]])),
  )

/** Metrics of which less is better. */
const losses: ReadonlySet<string> = new Set([
  'log_loss',
  'brier_score',
  'mae',
  'rmse',
  'mape',
  'median_absolute_error',
])

function Comparison({ models }: { models: readonly EvaluatedModel[] }) {
  const names = [...new Set(models.flatMap(({ metrics }) => Object.keys(metrics)))]
  return (
    <FactTable
      label="Metrics of each model"
      columns={[{ title: 'Metric' }, ...models.map(({ name }) => ({ title: name, isNumber: true }))]}
      rows={names.map((name) => comparedRow(name, models))}
    />
  )
}

function comparedRow(name: string, models: readonly EvaluatedModel[]): ReactNode[] {
  const values = models.map(({ metrics }) => metrics[name]?.value ?? null)
  const present = values.filter((value) => value !== null)
  const best = losses.has(name) ? Math.min(...present) : Math.max(...present)
  const cells = values.map((value): ReactNode => {
    if (value === null) return '–'
    return value === best ? <strong>{amountText(value)}</strong> : amountText(value)
  })
  return [metricTitle(name), ...cells]
}

function UndefinedMetrics({ models }: { models: readonly EvaluatedModel[] }) {
  const reasons = models.flatMap(({ name, metrics }) =>
    Object.entries(metrics).flatMap(([metric, { reason }]) =>
      reason === undefined
        ? []
        : [`${models.length > 1 ? `${name}: ` : ''}${metricTitle(metric)}. ${reason}`],
    ),
  )
  return reasons.map((reason) => (
    <p key={reason} className="text-xs text-warn">
      {reason}
    </p>
  ))
}

function Curves({ models }: { models: readonly EvaluatedModel[] }) {
  const roc = models.flatMap(({ name, roc: curve }) =>
    curve ? [{ name, x: curve.falsePositiveRate, y: curve.truePositiveRate }] : [],
  )
  const precisionRecall = models.flatMap(({ name, precisionRecall: curve }) =>
    curve ? [{ name, x: curve.recall, y: curve.precision }] : [],
  )
  const calibration = models.flatMap(({ name, calibration: curve }) =>
    curve ? [{ name, x: curve.predicted, y: curve.observed }] : [],
  )
  const gain = models.flatMap(({ name, gain: curve }) =>
    curve ? [{ name, x: curve.share, y: curve.captured }] : [],
  )
  if (roc.length + precisionRecall.length + calibration.length + gain.length === 0) return null
  return (
    <div className="flex flex-wrap gap-4">
      {roc.length > 0 && (
        <CurveChart
          title="ROC curve"
          x="false positive rate"
          y="true positive rate"
          curves={roc}
          isShare
          diagonal
        />
      )}
      {precisionRecall.length > 0 && (
        <CurveChart title="Precision and recall" x="recall" y="precision" curves={precisionRecall} isShare />
      )}
      {calibration.length > 0 && (
        <CurveChart
          title="Calibration"
          x="probability"
          y="share that is so"
          curves={calibration}
          isShare
          diagonal
        />
      )}
      {gain.length > 0 && (
        <CurveChart
          title="Gain: positives found among the highest scores"
          x="share of the rows"
          y="share of the positives"
          curves={gain}
          isShare
          diagonal
        />
      )}
    </div>
  )
}

function OneModel({ model }: { model: EvaluatedModel }) {
  const { confusion, roc, target, threshold, residuals } = model
  return (
    <>
      {confusion && (
        <div className="flex flex-wrap gap-8">
          <ReportSection title="Confusion matrix">
            <ConfusionMatrix
              classes={target.classes ?? confusion.map((_, code) => String(code))}
              confusion={confusion}
            />
          </ReportSection>
          {roc && target.positive !== undefined && (
            <ThresholdExplorer
              roc={roc}
              confusion={confusion}
              classes={target.classes ?? []}
              positive={target.positive}
              threshold={threshold ?? 0.5}
            />
          )}
        </div>
      )}
      {residuals && <ResidualsView residuals={residuals} />}
      <GenericContent content={beyond(model, knownOfModel)} />
    </>
  )
}
