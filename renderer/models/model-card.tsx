import { FileDown, TriangleAlert } from 'lucide-react'
import type { ModelCard, ModelCardPart } from '../../src/contract/model-card.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { shareText } from '../results/format-amounts.ts'
import { BarList } from '../results/reports/bar-list.tsx'
import { CurveChart } from '../results/reports/curve-chart.tsx'
import { FactTable, ReportSection } from '../results/reports/report-parts.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatCount } from '../ui/format-amount.ts'
import { offerFile } from '../ui/offer-file.ts'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { Spinner } from '../ui/spinner.tsx'

interface ModelCardViewProps {
  model: string
  version: number
}

/** What a version is, where it comes from, how good it is, and where it may fail; to be read, and to be given away. */
export function ModelCardView({ model, version }: ModelCardViewProps) {
  const client = useClient()
  const reference = `${model}:${version}`
  const { data, error } = useQuery(reference, (signal) => client.models.card({ reference }, { signal }))
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) return <Spinner label="Writing the card" />
  const file = `${model}-${version}`
  return (
    <article aria-label={`Card of ${reference}`} className="flex max-w-4xl flex-col gap-6">
      <div className="flex flex-wrap items-center gap-3">
        <p className="flex-1 text-ink-soft">{data.card.summary}</p>
        <SaveButtons card={data} file={file} />
      </div>
      {data.card.sections.map(({ title, parts }) => (
        <ReportSection key={title} title={title}>
          {parts.map((part, index) => (
            <CardPart key={index} part={part} section={title} />
          ))}
        </ReportSection>
      ))}
    </article>
  )
}

function SaveButtons({ card: { markdown, html }, file }: { card: ModelCard; file: string }) {
  const icon = <FileDown size={14} />
  return (
    <span className="flex gap-2">
      <Button
        icon={icon}
        onClick={() => offerFile(new Blob([markdown], { type: 'text/markdown' }), `${file}.md`)}
      >
        Save as Markdown
      </Button>
      <Button icon={icon} onClick={() => offerFile(new Blob([html], { type: 'text/html' }), `${file}.html`)}>
        Save as a page
      </Button>
    </span>
  )
}

function CardPart({ part, section }: { part: ModelCardPart; section: string }) {
  switch (part.kind) {
    case 'text':
      return <p className="max-w-prose">{part.text}</p>
    case 'warning':
      return (
        <p className="flex max-w-prose gap-2 rounded-md bg-warn-soft px-3 py-2 text-warn">
          <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0" />
          {part.text}
        </p>
      )
    case 'facts':
      return (
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-xs">
          {part.facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-ink-faint">{name}</dt>
              <dd className="break-words">{value}</dd>
            </div>
          ))}
        </dl>
      )
    case 'list':
      return (
        <ol className="max-w-prose list-decimal pl-5">
          {part.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ol>
      )
    case 'commands':
      return (
        <ScrollRegion
          role="group"
          label={`Commands: ${section}`}
          className="max-w-full rounded-md border border-line p-3"
        >
          <pre className="font-mono text-2xs">{part.lines.join('\n')}</pre>
        </ScrollRegion>
      )
    case 'table':
      return (
        <FactTable
          label={section}
          columns={part.columns.map((title, index) => ({
            title,
            isNumber: typeof part.rows[0]?.[index] === 'object',
          }))}
          rows={part.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.number)))}
        />
      )
    case 'bars':
      return <BarList label={`${part.value} by ${part.name}`} bars={part.bars} />
    case 'calibration':
      return <Calibration points={part.points} />
  }
}

function Calibration({ points }: Pick<Extract<ModelCardPart, { kind: 'calibration' }>, 'points'>) {
  return (
    <div className="flex flex-wrap items-start gap-4">
      <CurveChart
        title="Foretold and come true"
        x="foretold"
        y="came true"
        isShare
        diagonal
        curves={[
          {
            name: 'came true',
            x: points.map(({ predicted }) => predicted),
            y: points.map(({ observed }) => observed),
          },
        ]}
      />
      <FactTable
        label="Foretold and come true"
        columns={['Foretold', 'Came true', 'Rows'].map((title) => ({ title, isNumber: true }))}
        rows={points.map(({ predicted, observed, weight }) => [
          shareText(predicted),
          shareText(observed),
          formatCount(weight),
        ])}
      />
    </div>
  )
}
