import { useState } from 'react'
import type { z } from 'zod'
import { formatCount } from '../../ui/format-amount.ts'
import { SegmentedControl } from '../../ui/segmented-control.tsx'
import { amountText } from '../format-amounts.ts'
import { ColumnProfile } from '../profile/column-profile.tsx'
import { BarList } from './bar-list.tsx'
import type { profileSchema } from './report-contents.ts'
import { MetricTiles, ReportSection } from './report-parts.tsx'
import { ScrollRegion } from '../../ui/scroll-region.tsx'

type Profile = z.infer<typeof profileSchema>

/** What a table looks like: what to mind, how columns go together, and each of them. */
export function ProfileReport({ content }: { content: Profile }) {
  const { rows, columns, duplicates, missing, correlations, suspicious } = content
  const explaining = columns
    .flatMap(({ name, explainsTarget }) => (explainsTarget === null ? [] : [{ name, value: explainsTarget }]))
    .toSorted((a, b) => b.value - a.value)
  return (
    <div className="flex flex-col gap-5">
      <MetricTiles
        metrics={{
          rows,
          columns: columns.length,
          complete_rows: missing.completeRows,
          repeated_rows: duplicates.rows,
        }}
      />
      {suspicious.length > 0 && (
        <ReportSection title="What to look at">
          <ul className="flex flex-col gap-1.5">
            {suspicious.map(({ column, kind, note }) => (
              <li key={`${column} ${kind}`} className="rounded-md bg-warn-soft px-3 py-1.5">
                {note}
              </li>
            ))}
          </ul>
        </ReportSection>
      )}
      {explaining.length > 0 && (
        <ReportSection title="How well each column alone explains the target">
          <BarList label="Explained by each column" bars={explaining} />
        </ReportSection>
      )}
      {correlations && <Correlations correlations={correlations} />}
      <ReportSection title="Columns">
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(300px,1fr))] gap-2">
          {columns.slice(0, 200).map(({ sketch }) => (
            <ColumnProfile key={sketch.name} column={sketch} rows={rows} />
          ))}
        </ul>
      </ReportSection>
    </div>
  )
}

function Correlations({ correlations }: { correlations: NonNullable<Profile['correlations']> }) {
  const [kind, setKind] = useState<'pearson' | 'spearman'>('spearman')
  const { columns, rows } = correlations
  const matrix = correlations[kind]
  return (
    <ReportSection title="Correlations">
      <div className="flex items-center gap-3">
        <SegmentedControl
          label="Kind of correlation"
          value={kind}
          options={[
            { value: 'spearman', title: 'By rank (Spearman)' },
            { value: 'pearson', title: 'Linear (Pearson)' },
          ]}
          onChange={setKind}
        />
        <span className="text-xs text-ink-faint">of {formatCount(rows)} rows</span>
      </div>
      <ScrollRegion label="Correlations" className="max-h-120 max-w-full self-start">
        <table className="border-separate border-spacing-px text-2xs tabular">
          <caption className="sr-only">Correlations of the columns with each other</caption>
          <tbody>
            {columns.map((row, a) => (
              <tr key={row}>
                <th scope="row" className="max-w-40 truncate pr-2 text-right font-medium" title={row}>
                  {row}
                </th>
                {columns.slice(0, a + 1).map((column, b) => (
                  <Correlation key={column} value={matrix[a]![b]!} title={`${row} and ${column}`} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </ReportSection>
  )
}

function Correlation({ value, title }: { value: number | null; title: string }) {
  const strength = Math.round(Math.abs(value ?? 0) * 70)
  return (
    <td
      title={`${title}: ${value === null ? 'none' : amountText(value)}`}
      className="size-9 rounded-sm text-center"
      style={{
        backgroundColor: `color-mix(in srgb, var(${(value ?? 0) < 0 ? '--stage-serving' : '--stage-ingestion'}) ${strength}%, var(--raised))`,
      }}
    >
      {value === null ? '–' : value.toFixed(2).replace(/^(-?)0\./, '$1.')}
    </td>
  )
}
