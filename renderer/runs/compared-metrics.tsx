import type { RunComparisonData } from '../../src/contract/runs-contract.ts'
import { alignedTexts, metricTitle } from '../results/format-amounts.ts'
import { metricDirection } from '../../src/core/metric-direction.ts'
import { FactTable } from '../results/reports/report-parts.tsx'

/** Metrics of two runs beside each other, and whether the later ones are better. */
export function ComparedMetrics({ metrics }: { metrics: RunComparisonData['metrics'] }) {
  return (
    <FactTable
      label="Metrics that differ"
      columns={[
        { title: 'Step' },
        { title: 'Metric' },
        { title: 'Before', isNumber: true },
        { title: 'After', isNumber: true },
        { title: 'Change', isNumber: true },
        { title: 'Better is' },
      ]}
      rows={metrics.map(({ node, name, before, after }) => {
        const change = before === null || after === null ? null : after - before
        const [was, is, by] = alignedTexts([before, after, change === null ? null : Math.abs(change)])
        return [
          node,
          metricTitle(name),
          was,
          <strong key="after">{is}</strong>,
          change === null ? by : <Change key="change" name={name} change={change} text={by!} />,
          metricDirection(name) ?? '–',
        ]
      })}
    />
  )
}

function Change({ name, change, text }: { name: string; change: number; text: string }) {
  const direction = metricDirection(name)
  const isBetter = change > 0 === (direction === 'higher')
  const tone = direction === null || change === 0 ? '' : isBetter ? 'text-good' : 'text-bad'
  return (
    <span className={tone}>
      {change < 0 ? '−' : '+'} {text}
      {tone !== '' && <span className="sr-only">{isBetter ? ' (better)' : ' (worse)'}</span>}
    </span>
  )
}
