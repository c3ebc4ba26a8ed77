import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText, metricTitle } from '../format-amounts.ts'
import { BarList } from './bar-list.tsx'
import { ContributionsView } from './contributions-view.tsx'
import { CurveChart } from './curve-chart.tsx'
import type { explanationSchema } from './report-contents.ts'
import { ReportSection } from './report-parts.tsx'

type Explanation = z.infer<typeof explanationSchema>

/** Which columns a model needs, and how its answer follows each of them. */
export function ExplanationReport({ content }: { content: Explanation }) {
  const { count, rows, metric, baseline, importances, dependences, answer, contributions } = content
  const asked = 'class' in answer ? `probability of ${answer.class}` : answer.value
  return (
    <div className="flex flex-col gap-5">
      <p className="text-ink-soft">
        On {formatCount(count)} {rows === 'all' ? '' : `${rows} `}rows, where {metricTitle(metric)} is{' '}
        {amountText(baseline)}.
      </p>
      <ReportSection title={`How much worse ${metricTitle(metric)} gets when a column is shuffled`}>
        <BarList
          label="Importance of each column"
          bars={importances.map(({ column, mean, deviation }) => ({ name: column, value: mean, deviation }))}
        />
      </ReportSection>
      {dependences.length > 0 && (
        <ReportSection title="How the answer follows a column">
          <div className="flex flex-wrap gap-4">
            {dependences.map((dependence) => (
              <Dependence key={dependence.column} dependence={dependence} asked={asked} />
            ))}
          </div>
        </ReportSection>
      )}
      {contributions && (
        <ContributionsView content={contributions} about={'class' in answer ? answer.class : answer.value} />
      )}
    </div>
  )
}

interface DependenceProps {
  dependence: Explanation['dependences'][number]
  asked: string
}

function Dependence({ dependence: { column, points, average }, asked }: DependenceProps) {
  const numbers = points.filter((point) => typeof point === 'number')
  // “No value” stands behind the numbers: it has no place on their axis.
  if (points.every((point) => point === null || typeof point === 'number')) {
    return (
      <div className="w-80">
        <CurveChart
          title={column}
          x={column}
          y={asked}
          curves={[{ name: 'mean answer', x: numbers, y: average.slice(0, numbers.length) }]}
        />
      </div>
    )
  }
  return (
    <figure className="w-80">
      <figcaption className="pb-1 text-xs font-medium text-ink-soft">
        {column}: {asked}
      </figcaption>
      <BarList
        label={`Mean answer by ${column}`}
        bars={points.map((point, place) => ({
          name: point === null ? '(missing)' : String(point),
          value: average[place]!,
        }))}
      />
    </figure>
  )
}
