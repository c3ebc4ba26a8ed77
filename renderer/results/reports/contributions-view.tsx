import { useState } from 'react'
import { formatCount } from '../../ui/format-amount.ts'
import { Select } from '../../ui/select.tsx'
import { amountText } from '../format-amounts.ts'
import { BarList } from './bar-list.tsx'
import { methodWords, scaleWords, valueWords } from './explanation-words.ts'
import { PointChart } from './point-chart.tsx'
import type { ContributionsContent } from './report-contents.ts'
import { ReportSection } from './report-parts.tsx'
import { Waterfall } from './waterfall.tsx'

interface ContributionsViewProps {
  content: ContributionsContent
  /** What is explained: a class, or the target. */
  about: string
}

/** What each column adds to the answer: over many rows, value by value, and for one row after the other. */
export function ContributionsView({ content, about }: ContributionsViewProps) {
  const { method, scale, count, mixed, columns } = content
  const pointed = columns.filter(({ values, type }) => values && type !== 'text').slice(0, 6)
  return (
    <div className="flex flex-col gap-5">
      <p className="max-w-prose text-ink-soft">
        On {formatCount(count)} rows, told {methodWords(method)}, on the scale of {scaleWords(scale)}.{' '}
        {mixed.map((names) => `${names.join(', ')} are seen mixed, and share evenly what they add. `)}
      </p>
      <Summary content={content} about={about} />
      {pointed.length > 0 && (
        <ReportSection title={`What a column adds to ${about}, by its value`}>
          <div className="grid grid-cols-[repeat(auto-fill,minmax(18rem,1fr))] gap-4">
            {pointed.map(({ column, values, contributions }) => (
              <PointChart
                key={column}
                title={column}
                x={column}
                y="adds"
                points={values!.flatMap((value, row) =>
                  typeof value === 'number'
                    ? [{ x: value, y: contributions![row]!, name: `row ${row + 1}` }]
                    : [],
                )}
                className="h-48 w-full"
              />
            ))}
          </div>
        </ReportSection>
      )}
      {content.rows.length > 0 && <Rows content={content} />}
    </div>
  )
}

function Summary({ content: { columns, classes = [] }, about }: ContributionsViewProps) {
  const [shown, setShown] = useState(about)
  const chosen = classes.find((each) => each.class === shown)?.columns ?? columns
  return (
    <ReportSection title="How far columns move the answer, on average">
      {classes.length > 0 && (
        <Select
          label="Class that is explained"
          className="max-w-64"
          value={shown}
          options={classes.map((each) => ({ value: each.class, title: each.class }))}
          onChange={setShown}
        />
      )}
      <BarList
        label="Mean absolute contribution of each column"
        bars={chosen.map(({ column, meanAbsolute }) => ({ name: column, value: meanAbsolute }))}
      />
    </ReportSection>
  )
}

function Rows({ content: { rows, base } }: { content: ContributionsContent }) {
  const [shown, setShown] = useState(0)
  const row = rows[shown]!
  return (
    <ReportSection title="One row, step by step">
      <Select
        label="Row that is told apart"
        className="max-w-80"
        value={String(shown)}
        options={rows.map(({ score, class: own }, index) => ({
          value: String(index),
          title: `${own === undefined ? 'Row' : `Row of “${own}”`} with ${amountText(score)}`,
        }))}
        onChange={(next) => setShown(Number(next))}
      />
      <Waterfall
        label="What each column adds for this row"
        base={row.base ?? base}
        steps={row.contributions.map(({ column, value, contribution, error }) => ({
          name: column,
          value: valueWords(value),
          amount: contribution,
          error,
        }))}
      />
    </ReportSection>
  )
}
