import type { DriftClassifier, DriftContent } from '../../../src/core/drift-content.ts'
import { Badge } from '../../ui/badge.tsx'
import { formatCount } from '../../ui/format-amount.ts'
import { amountText, metricTitle, shareText } from '../format-amounts.ts'
import { FactTable, ReportSection } from './report-parts.tsx'
import { TwoDistributions } from './two-distributions.tsx'

type Compared = DriftContent['columns'][number]

const mostPictures = 12
const mostNotes = 20

/** Which columns have changed, by how much, and how their values lay before and lie now. */
export function DriftReport({ content }: { content: DriftContent }) {
  const { drifted, columns, notes = [], classifier } = content
  const pictured = columns.filter(({ distribution }) => distribution).slice(0, mostPictures)
  return (
    <div className="flex flex-col gap-5">
      <p>
        <Badge tone={toneOf(content)}>
          {drifted ? 'The table has drifted' : 'The table has not drifted'}
        </Badge>{' '}
        {verdictOf(content)}
      </p>
      {notes.length > 0 && (
        <ul className="flex list-disc flex-col gap-1 pl-5 text-ink-soft">
          {notes.slice(0, mostNotes).map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      {classifier && <ToldApart classifier={classifier} />}
      <ComparedColumns columns={columns} />
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

/** Single columns are worth a look although the table as a whole has not drifted. */
function toneOf({ drifted, columns }: DriftContent): 'bad' | 'warn' | 'good' {
  if (drifted) return 'bad'
  return columns.some((column) => column.drifted) ? 'warn' : 'good'
}

function verdictOf({ verdict, share, columns }: DriftContent): string {
  const changed = columns.filter((column) => column.drifted).length
  return (
    verdict ??
    `${formatCount(changed)} of ${formatCount(columns.length)} columns have changed; from ${shareText(share)} of them on ` +
      'the table counts as drifted.'
  )
}

function ToldApart({ classifier }: { classifier: DriftClassifier }) {
  const { auc, low, high, columns } = classifier
  return (
    <ReportSection title="All columns together">
      <p>
        Trees that were to tell rows of now from those of the reference reach an ROC AUC of {amountText(auc)}{' '}
        on rows that they had not seen (95 %: {amountText(low)} to {amountText(high)}; 0.5 is chance).
      </p>
      {columns.length > 0 && (
        <FactTable
          label="What gives rows of now away"
          columns={[{ title: 'Column' }, { title: 'Importance', isNumber: true }]}
          rows={columns.map(({ column, importance }) => [column, shareText(importance)])}
        />
      )}
    </ReportSection>
  )
}

function ComparedColumns({ columns }: { columns: readonly Compared[] }) {
  const further = [...new Set(columns.flatMap(({ also = [] }) => also.map(({ method }) => method)))]
  return (
    <FactTable
      label="Drift of each column"
      columns={[
        { title: 'Column' },
        { title: 'Drifted' },
        { title: 'Measured by' },
        { title: 'Score', isNumber: true },
        { title: 'p', isNumber: true },
        { title: 'Limit', isNumber: true },
        ...further.map((method) => ({ title: metricTitle(method), isNumber: true })),
        { title: 'Missing before', isNumber: true },
        { title: 'Missing now', isNumber: true },
        { title: 'Never seen before', isNumber: true },
      ]}
      rows={columns.map((column) => [
        column.column,
        column.drifted ? <Badge tone="bad">yes</Badge> : column.byChance ? 'may be chance' : 'no',
        column.method === undefined ? 'missing values alone' : metricTitle(column.method),
        scoreText(column),
        amountOrDash(column.adjustedPValue ?? column.pValue),
        amountOrDash(column.threshold),
        ...further.map((method) => scoreText(column.also?.find((each) => each.method === method))),
        shareText(column.missing.reference),
        shareText(column.missing.current),
        column.unseen === undefined ? '–' : shareText(column.unseen),
      ])}
    />
  )
}

/** From sketches with the bounds that the score of the rows lies between. */
function scoreText(measured: Pick<Compared, 'score' | 'bounds'> | undefined): string {
  if (measured?.score === undefined) return '–'
  const { score, bounds } = measured
  return bounds
    ? `${amountText(score)} (${amountText(bounds.low)} to ${amountText(bounds.high)})`
    : amountText(score)
}

const amountOrDash = (amount: number | undefined): string => (amount === undefined ? '–' : amountText(amount))
