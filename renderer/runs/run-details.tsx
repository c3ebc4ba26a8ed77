import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { RunInfo, StepInfo } from '../../src/contract/runs-contract.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { amountText, metricTitle, momentText } from '../results/format-amounts.ts'
import { FactTable } from '../results/reports/report-parts.tsx'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { formatCount, formatDuration } from '../ui/format-amount.ts'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { runDuration } from './run-duration.ts'
import { RunStatus } from './run-status.tsx'
import { RunTimeline } from './run-timeline.tsx'
import { stepWords } from './step-words.ts'

type Part = 'timeline' | 'steps' | 'metrics'

const parts = [
  { value: 'timeline', title: 'Timeline' },
  { value: 'steps', title: 'Steps' },
  { value: 'metrics', title: 'Metrics' },
] as const

interface RunDetailsProps {
  run: RunInfo
  /** Rises when something happened: a run in progress is read anew. */
  round: number
}

/** One run: how long each step took, what it gave, and what was measured. */
export function RunDetails({ run, round }: RunDetailsProps) {
  const client = useClient()
  const [part, setPart] = useState<Part>('timeline')
  const { data, error } = useQuery(`${run.id} ${round}`, (signal) =>
    client.runs.get({ run: run.id }, { signal }),
  )
  const parameters = Object.entries(run.parameters)
  const duration = runDuration(run)
  return (
    <div className="selectable flex flex-col gap-5 p-6">
      <header className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h2 className="flex items-center gap-2 text-lg font-semibold">
            {run.pipelineName} <RunStatus status={run.status} />
          </h2>
          <p className="text-xs text-ink-soft tabular">
            {momentText(run.startedAt)}
            {duration !== null && `, took ${formatDuration(duration)}`} · {run.id}
          </p>
        </div>
        <ShowOnCanvas run={run} />
      </header>
      {parameters.length > 0 && (
        <p className="text-xs text-ink-soft">
          {parameters
            .map(([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
            .join(', ')}
        </p>
      )}
      {run.summary?.errors.map(({ message, remedy, at }, index) => (
        <div key={index} role="alert" className="rounded-md bg-bad-soft px-3 py-2">
          <p className="font-medium text-bad">
            {at && `${at.node}: `}
            {message}
          </p>
          <p className="text-ink-soft">{remedy}</p>
        </div>
      ))}
      <div>
        <SegmentedControl label="About the run" value={part} options={parts} onChange={setPart} />
      </div>
      {error && <p className="text-bad">{error.message}</p>}
      {!data && !error && <Spinner label="Reading the run" />}
      {data && <RunPart part={part} run={data.run} steps={data.steps} />}
    </div>
  )
}

function RunPart({ part, run, steps }: { part: Part; run: RunInfo; steps: readonly StepInfo[] }) {
  switch (part) {
    case 'timeline':
      return <RunTimeline run={run} steps={steps} />
    case 'steps':
      return (
        <FactTable
          label="Steps"
          columns={[
            { title: 'Step' },
            { title: 'Type' },
            { title: 'State' },
            { title: 'Took', isNumber: true },
            { title: 'Rows', isNumber: true },
          ]}
          rows={steps.map(({ node, type, state, startedAt, finishedAt, outputs }) => [
            node,
            type,
            stepWords[state],
            startedAt !== null && finishedAt !== null ? formatDuration(finishedAt - startedAt) : '–',
            rowsText(outputs),
          ])}
        />
      )
    case 'metrics': {
      const metrics = steps.flatMap(({ node, metrics: of }) =>
        Object.entries(of).map(([name, value]) => [node, metricTitle(name), amountText(value)]),
      )
      return metrics.length === 0 ? (
        <p className="text-ink-soft">No step of this run measured anything.</p>
      ) : (
        <FactTable
          label="Metrics"
          columns={[{ title: 'Step' }, { title: 'Metric' }, { title: 'Value', isNumber: true }]}
          rows={metrics}
        />
      )
    }
  }
}

function rowsText(outputs: StepInfo['outputs']): string {
  const rows = Object.values(outputs).find((output) => output.rows !== undefined)?.rows
  return rows === undefined ? '–' : formatCount(rows)
}

/** Shows the results of the run on the canvas, where its pipeline is open. */
function ShowOnCanvas({ run }: { run: RunInfo }) {
  const store = useAppStore()
  const tab = Object.values(store.getState().tabs).find(({ document }) => document.id === run.pipelineId)
  if (!tab) return null
  return (
    <Button
      icon={<ExternalLink size={14} />}
      onClick={() => {
        const state = store.getState()
        state.activateTab(tab.id)
        void state.recallRun(tab.id, run)
      }}
    >
      Show on the canvas
    </Button>
  )
}
