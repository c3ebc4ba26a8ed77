import type { DriftContent } from '../../../src/core/drift-content.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText, metricTitle, shareText } from '../format-amounts.ts'
import { FactTable, ReportSection } from './report-parts.tsx'
import { TwoDistributions } from './two-distributions.tsx'

const mostPictures = 12

/** Which columns have changed, by how much, and how their values lay before and lie now. */
export function DriftReport({ content: { drifted, share, columns } }: { content: DriftContent }) {
  const changed = columns.filter((column) => column.drifted)
  const pictured = columns.filter(({ distribution }) => distribution).slice(0, mostPictures)
  return (
    <div className="flex flex-col gap-5">
      <p>
        <Badge tone={drifted ? 'bad' : 'good'}>{drifted ? 'The table has drifted' : 'No drift'}</Badge>{' '}
        {formatCount(changed.length)} of {formatCount(columns.length)} columns have changed; from{' '}
        {shareText(share)} of them on the table counts as drifted.
      </p>
      <FactTable
        label="Drift of each column"
        columns={[
          { title: 'Column' },
          { title: 'Drifted' },
          { title: 'Measured by' },
          { title: 'Score', isNumber: true },
          { title: 'Limit', isNumber: true },
          { title: 'Missing before', isNumber: true },
          { title: 'Missing now', isNumber: true },
          { title: 'Never seen before', isNumber: true },
        ]}
        rows={columns.map((column) => [
          column.column,
          column.drifted ? <Badge tone="bad">yes</Badge> : 'no',
          column.method === undefined ? 'missing values alone' : metricTitle(column.method),
          amountOrDash(column.adjustedPValue ?? column.pValue ?? column.score),
          amountOrDash(column.threshold),
          shareText(column.missing.reference),
          shareText(column.missing.current),
          column.unseen === undefined ? '–' : shareText(column.unseen),
        ])}
      />
      {pictured.length > 0 && (
        <ReportSection title="Before and now">
          <div className="grid grid-cols-[repeat(auto-fill,minmax(18rem,1fr))] gap-4">
            {pictured.map(({ column, distribution }) => (
              <TwoDistributions key={column} column={column} distribution={distribution!} />
            ))}
          </div>
        </ReportSection>
      )}
    </div>
  )
}

const amountOrDash = (amount: number | undefined): string => (amount === undefined ? '–' : amountText(amount))
