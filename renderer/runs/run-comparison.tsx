import { X } from 'lucide-react'
import type { RunComparisonData, RunInfo } from '../../src/contract/runs-contract.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { momentText } from '../results/format-amounts.ts'
import { FactTable, ReportSection } from '../results/reports/report-parts.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatCount } from '../ui/format-amount.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { changedParameters } from './changed-parameters.ts'
import { ComparedMetrics } from './compared-metrics.tsx'
import { RunStatus } from './run-status.tsx'
import { SketchComparison } from './sketch-comparison.tsx'
import { stepWords } from './step-words.ts'

interface RunComparisonProps {
  before: string
  after: string
  onClose: () => void
}

/** What differs between two runs: parameters, metrics, steps and what they gave. */
export function RunComparison({ before, after, onClose }: RunComparisonProps) {
  const client = useClient()
  const { data, error } = useQuery(`${before} ${after}`, async (signal) => {
    const [compared, first, second] = await Promise.all([
      client.runs.compare({ before, after }, { signal }),
      client.runs.get({ run: before }, { signal }),
      client.runs.get({ run: after }, { signal }),
    ])
    return { compared, before: first.steps, after: second.steps }
  })
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) {
    return (
      <div className="p-6">
        <Spinner label="Comparing the runs" />
      </div>
    )
  }
  const { compared } = data
  const parameters = changedParameters(compared)
  const metrics = compared.metrics.filter((metric) => metric.before !== metric.after)
  const outputOf = (steps: typeof data.before, node: string, port: string) => {
    const output = steps.find((step) => step.node === node)?.outputs[port]
    return output?.kind === 'table' ? output.hash : null
  }
  const tables = compared.steps.flatMap(({ node, outputs }) =>
    outputs.flatMap(({ port, sameContent }) => {
      const pair = [outputOf(data.before, node, port), outputOf(data.after, node, port)] as const
      return sameContent || pair[0] === null || pair[1] === null
        ? []
        : [{ node, port, before: pair[0], after: pair[1] }]
    }),
  )
  return (
    <div className="selectable flex flex-col gap-6 p-6">
      <header className="flex items-start gap-4">
        <div className="grid flex-1 grid-cols-2 gap-4">
          <RunHead title="Before" run={compared.before} />
          <RunHead title="After" run={compared.after} />
        </div>
        <IconButton label="Close the comparison" onClick={onClose}>
          <X size={16} />
        </IconButton>
      </header>
      <ReportSection title="Parameters">
        {parameters.length === 0 ? (
          <Same>The same parameters.</Same>
        ) : (
          <FactTable
            label="Parameters that differ"
            columns={[{ title: 'Parameter' }, { title: 'Before' }, { title: 'After' }]}
            rows={parameters.map(({ name, before: was, after: is }) => [name, valueText(was), valueText(is)])}
          />
        )}
      </ReportSection>
      <ReportSection title="Metrics">
        {metrics.length === 0 ? <Same>The same metrics.</Same> : <ComparedMetrics metrics={metrics} />}
      </ReportSection>
      <ReportSection title="Steps">
        <Steps steps={compared.steps} />
      </ReportSection>
      {tables.length > 0 && (
        <ReportSection title="Tables that differ">
          {tables.map((table) => (
            <SketchComparison key={`${table.node} ${table.port}`} {...table} />
          ))}
        </ReportSection>
      )}
    </div>
  )
}

const Same = ({ children }: { children: string }) => <p className="text-ink-soft">{children}</p>

function RunHead({ title, run }: { title: string; run: RunInfo }) {
  return (
    <div>
      <p className="text-xs text-ink-faint">{title}</p>
      <h2 className="flex items-center gap-2 font-semibold">
        {run.pipelineName} <RunStatus status={run.status} />
      </h2>
      <p className="text-xs text-ink-soft tabular">
        {momentText(run.startedAt)} · {run.id}
      </p>
    </div>
  )
}

function Steps({ steps }: { steps: RunComparisonData['steps'] }) {
  return (
    <FactTable
      label="Steps"
      columns={[
        { title: 'Step' },
        { title: 'After' },
        { title: 'Rows' },
        { title: 'Content' },
        { title: 'Why' },
      ]}
      rows={steps.map(({ node, before, after, outputs, reasons }) => [
        node,
        after === null ? 'not there' : before === null ? `${stepWords[after]} (new)` : stepWords[after],
        outputs.flatMap(({ rowsBefore, rowsAfter }) => rowsChange(rowsBefore, rowsAfter)).join(', ') || '–',
        outputs.length === 0 ? '–' : outputs.every(({ sameContent }) => sameContent) ? 'same' : 'differs',
        reasons.map(({ text }) => text).join(' '),
      ])}
    />
  )
}

function rowsChange(before: number | null, after: number | null): string[] {
  if (after === null) return []
  return [
    before === null || before === after
      ? formatCount(after)
      : `${formatCount(before)} → ${formatCount(after)}`,
  ]
}

const valueText = (value: unknown): string =>
  value === undefined ? 'not set' : typeof value === 'string' ? value : JSON.stringify(value)
