import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText, shareText } from '../format-amounts.ts'
import { GenericContent } from './generic-content.tsx'
import type { comparisonSchema } from './report-contents.ts'
import { FactTable, MetricTiles, ReportSection } from './report-parts.tsx'

type Comparison = z.infer<typeof comparisonSchema>

/** What differs between two tables: columns, rows, and how values are distributed. */
export function ComparisonReport({ content }: { content: Comparison }) {
  const { counts, columns, rows, distributions } = content
  return (
    <div className="flex flex-col gap-5">
      <MetricTiles
        metrics={{
          rows_before: counts.before,
          rows_after: counts.after,
          ...(rows && {
            added: rows.added,
            removed: rows.removed,
            changed: rows.changed,
            unchanged: rows.unchanged,
          }),
        }}
      />
      <Columns columns={columns} />
      {distributions.length > 0 && (
        <ReportSection title="Distributions">
          <FactTable
            label="How far the distributions of each column lie apart"
            columns={[
              { title: 'Column' },
              { title: 'Distance', isNumber: true },
              { title: 'Measure' },
              { title: 'Missing before', isNumber: true },
              { title: 'Missing after', isNumber: true },
            ]}
            rows={distributions
              .toSorted((a, b) => (b.distance ?? -1) - (a.distance ?? -1))
              .map(({ column, measure, distance, missing }) => [
                column,
                distance === null ? '–' : <Distance key="distance" value={distance} />,
                measure.replaceAll('-', ' '),
                missing.before === null ? '–' : shareText(missing.before),
                missing.after === null ? '–' : shareText(missing.after),
              ])}
          />
        </ReportSection>
      )}
      {rows && <Rows rows={rows} />}
    </div>
  )
}

function Distance({ value }: { value: number }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span className="inline-block h-1.5 w-20 overflow-hidden rounded-full bg-hover" aria-hidden>
        <span
          className={value > 0.1 ? 'block h-full bg-warn' : 'block h-full bg-accent'}
          style={{ width: `${value * 100}%` }}
        />
      </span>
      {amountText(value)}
    </span>
  )
}

function Columns({ columns: { added, removed, retyped } }: { columns: Comparison['columns'] }) {
  if (added.length + removed.length + retyped.length === 0)
    return <p className="text-ink-soft">Both tables have the same columns.</p>
  return (
    <ul className="flex flex-col gap-1">
      {added.length > 0 && <li>Columns added: {added.join(', ')}</li>}
      {removed.length > 0 && <li>Columns removed: {removed.join(', ')}</li>}
      {retyped.map(({ column, before, after }) => (
        <li key={column}>
          {column} was {before} and is {after}
        </li>
      ))}
    </ul>
  )
}

function Rows({ rows: { cells, examples } }: { rows: NonNullable<Comparison['rows']> }) {
  const changed = cells.filter((cell) => cell.changed > 0)
  return (
    <>
      {changed.length > 0 && (
        <ReportSection title="Changed values">
          <FactTable
            label="Changed values by column"
            columns={[{ title: 'Column' }, { title: 'Rows', isNumber: true }]}
            rows={changed.map(({ column, changed: count }) => [column, formatCount(count)])}
          />
        </ReportSection>
      )}
      {examples.changed.length > 0 && (
        <ReportSection title="Some changed rows">
          <FactTable
            label="Some changed rows"
            columns={[{ title: 'Row' }, { title: 'Column' }, { title: 'Before' }, { title: 'After' }]}
            rows={examples.changed.flatMap(({ key, values }) =>
              Object.entries(values).map(([column, { before, after }]) => [
                Object.values(key).map(textOf).join(', '),
                column,
                textOf(before),
                <strong key="after">{textOf(after)}</strong>,
              ]),
            )}
          />
        </ReportSection>
      )}
      {examples.added.length > 0 && (
        <ReportSection title="Some added rows">
          <GenericContent content={examples.added} />
        </ReportSection>
      )}
      {examples.removed.length > 0 && (
        <ReportSection title="Some removed rows">
          <GenericContent content={examples.removed} />
        </ReportSection>
      )}
    </>
  )
}

const textOf = (value: unknown): string =>
  value === null ? 'missing' : typeof value === 'string' ? value : JSON.stringify(value)
