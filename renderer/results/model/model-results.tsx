import { useState } from 'react'
import type { ModelChoice, ModelDetails } from '../../../src/contract/model-details.ts'
import { useClient } from '../../api/client.ts'
import { useQuery } from '../../api/use-query.ts'
import { formatBytes, formatCount } from '../../ui/format-amount.ts'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { DataMessage } from '../data/data-message.tsx'
import { amountText, metricTitle } from '../format-amounts.ts'
import { BarList } from '../reports/bar-list.tsx'
import { CurveChart } from '../reports/curve-chart.tsx'
import { FactTable, ReportSection } from '../reports/report-parts.tsx'
import { GenericContent } from '../reports/generic-content.tsx'
import { LinearFormula } from './linear-formula.tsx'
import { TreeViewer } from './tree-viewer.tsx'
import { TryIt } from './try-it.tsx'

const parts = {
  try: 'Try it',
  importances: 'Importances',
  training: 'Training',
  structure: 'Inside',
  signature: 'Inputs and outputs',
} as const
type Part = keyof typeof parts

/** A model: what it answers, what it looks at, and what is inside of it. */
export function ModelResults({ choice }: { choice: ModelChoice }) {
  const client = useClient()
  const { data, error } = useQuery(JSON.stringify(choice), (signal) =>
    client.models.details(choice, { signal }),
  )
  const [wanted, setWanted] = useState<Part | null>(null)
  if (error) return <DataMessage error={error} />
  if (!data) return <Spinner label="Reading the model" />
  const there = partsOf(data)
  const part = wanted !== null && there.includes(wanted) ? wanted : there[0]!
  return (
    <article aria-label="Model" className="flex flex-col gap-4">
      <Facts details={data} />
      <div>
        <SegmentedControl
          label="About the model"
          value={part}
          options={there.map((value) => ({
            value,
            title: value === 'structure' ? insideTitle(data) : parts[value],
          }))}
          onChange={setWanted}
        />
      </div>
      <ModelPart part={part} details={data} choice={choice} />
    </article>
  )
}

function partsOf({ model, structure }: ModelDetails): readonly Part[] {
  return [
    ...(model.importances ? (['importances'] as const) : []),
    ...(model.trainingCurve ? (['training'] as const) : []),
    ...(structure ? (['structure'] as const) : []),
    'try',
    'signature',
  ]
}

const insideTitle = ({ structure }: ModelDetails): string =>
  structure?.kind === 'trees' ? 'Trees' : 'Formula'

function Facts({ details: { model, sizeBytes } }: { details: ModelDetails }) {
  const { task, target, learner, threshold } = model
  const facts = [
    ['Answers', task === 'regression' ? `a number, “${target.name}”` : `a class of “${target.name}”`],
    ['Learner', metricTitle(learner.type.replace(/^\w+\./, ''))],
    ...(target.classes ? [['Classes', target.classes.join(', ')]] : []),
    ...(threshold === undefined ? [] : [['Threshold', `“${target.positive}” from ${amountText(threshold)}`]]),
    ['Size', formatBytes(sizeBytes)],
  ]
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2 text-xs">
      {facts.map(([title, text]) => (
        <div key={title}>
          <dt className="text-ink-faint">{title}</dt>
          <dd className="text-sm font-medium">{text}</dd>
        </div>
      ))}
    </dl>
  )
}

interface ModelPartProps {
  part: Part
  details: ModelDetails
  choice: ModelChoice
}

function ModelPart({ part, details, choice }: ModelPartProps) {
  const { model, structure, inputs } = details
  switch (part) {
    case 'try':
      return (
        <TryIt
          choice={choice}
          signature={model.signature}
          sketches={inputs}
          target={model.target}
          threshold={model.threshold}
        />
      )
    case 'importances':
      return (
        <BarList
          label="Importance of each feature"
          bars={model.features
            .map((name, index) => ({ name, value: model.importances![index] ?? 0 }))
            .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))}
        />
      )
    case 'training':
      return <TrainingCurve curve={model.trainingCurve!} />
    case 'structure':
      if (structure?.kind === 'trees') return <TreeViewer structure={structure} />
      return structure ? <LinearFormula structure={structure} model={model} /> : null
    case 'signature':
      return <SignatureTables details={details} />
  }
}

function TrainingCurve({ curve }: { curve: NonNullable<ModelDetails['model']['trainingCurve']> }) {
  const { metric, train, validation } = curve
  const rounds = (values: readonly number[]): number[] => values.map((_, index) => index + 1)
  const best = validation.indexOf(Math.min(...validation))
  return (
    <div className="max-w-2xl">
      <CurveChart
        title={`${metricTitle(metric)} by iteration`}
        x="iteration"
        y={metricTitle(metric)}
        curves={[
          { name: 'train rows', x: rounds(train), y: train },
          ...(validation.length > 0
            ? [{ name: 'validation rows', x: rounds(validation), y: validation }]
            : []),
        ]}
      />
      {best >= 0 && (
        <p className="pt-2 text-xs text-ink-soft">
          Best on the validation rows after {formatCount(best + 1)} iterations:{' '}
          {amountText(validation[best]!)}.
        </p>
      )}
    </div>
  )
}

function SignatureTables({ details: { model } }: { details: ModelDetails }) {
  const { signature, features, learner } = model
  return (
    <div className="flex flex-col gap-4">
      <ReportSection title="Inputs">
        <FactTable
          label="Inputs"
          columns={[{ title: 'Column' }, { title: 'Type' }, { title: 'Read as' }]}
          rows={signature.inputs.map(({ name, type, rule }) => [name, type, rule ? ruleText(rule) : 'it is'])}
        />
      </ReportSection>
      <ReportSection title="Outputs">
        <FactTable
          label="Outputs"
          columns={[{ title: 'Name' }, { title: 'Type' }, { title: 'Width', isNumber: true }]}
          rows={signature.outputs.map(({ name, type, width }) => [name, type, width])}
        />
      </ReportSection>
      <p className="text-xs text-ink-soft">The learner saw {formatCount(features.length)} features.</p>
      <ReportSection title="Parameters of the learner">
        <GenericContent content={learner.params} />
      </ReportSection>
    </div>
  )
}

type Rule = NonNullable<ModelDetails['model']['signature']['inputs'][number]['rule']>

function ruleText({ nullValues, format, decimalMark, replace }: Rule): string {
  const parts = [
    ...(format === undefined ? [] : [`dates as ${format}`]),
    ...(decimalMark === ',' ? ['decimal comma'] : []),
    ...(nullValues.length === 0 ? [] : [`missing: ${nullValues.map((text) => `“${text}”`).join(', ')}`]),
    ...(replace && Object.keys(replace).length > 0 ? [`${Object.keys(replace).length} values replaced`] : []),
  ]
  return parts.length === 0 ? 'it is' : parts.join('; ')
}
