import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import type { StepView } from '../state/run-view.ts'
import { formatDuration } from '../ui/format-amount.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { momentText } from '../results/format-amounts.ts'
import type { SelectedNode } from './selected-node.ts'

/** Why the step ran, or need not, in the run that is shown. */
export function WhyTab({ selected: { id, run, step } }: { selected: SelectedNode }) {
  const client = useClient()
  const key = run && step && step.state !== 'waiting' ? `${run.id} ${id} ${step.state}` : null
  const { data, error, loading } = useQuery(key, (signal) =>
    client.runs.why({ run: run!.id, node: id }, { signal }),
  )
  if (!run || !step) {
    return (
      <EmptyState title="This node has not run yet">
        Run the pipeline: here it says why a step ran, or why an earlier result was taken.
      </EmptyState>
    )
  }
  const reasons = data?.steps[0]?.reasons ?? []
  return (
    <div className="selectable flex flex-col gap-3 p-3">
      <p className="font-medium">{headline(step)}</p>
      {loading && !data && <Spinner label="Reading the reasons" />}
      {error && (
        <p role="alert" className="text-bad">
          {error.message} {error.remedy}
        </p>
      )}
      {reasons.length > 0 && (
        <ul className="flex flex-col gap-1.5">
          {reasons.map(({ text }) => (
            <li key={text} className="rounded-md bg-raised px-2.5 py-1.5 text-ink-soft">
              {text}
            </li>
          ))}
        </ul>
      )}
      {step.error && (
        <div role="alert" className="rounded-md bg-bad-soft p-2.5">
          <p className="font-medium text-bad">{step.error.message}</p>
          <p className="mt-1 text-ink-soft">{step.error.remedy}</p>
        </div>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
        <dt className="text-ink-faint">Run</dt>
        <dd>{run.id}</dd>
        {step.startedAt !== null && (
          <>
            <dt className="text-ink-faint">Started</dt>
            <dd>{momentText(step.startedAt)}</dd>
          </>
        )}
        {step.durationMs !== null && (
          <>
            <dt className="text-ink-faint">Took</dt>
            <dd className="tabular">{formatDuration(step.durationMs)}</dd>
          </>
        )}
        {step.attempt > 1 && (
          <>
            <dt className="text-ink-faint">Attempts</dt>
            <dd className="tabular">{step.attempt}</dd>
          </>
        )}
      </dl>
    </div>
  )
}

function headline({ state, skipped }: StepView): string {
  switch (state) {
    case 'waiting':
      return 'It waits for the steps before it.'
    case 'queued':
      return 'It waits for free cores or memory.'
    case 'running':
      return 'It runs, because:'
    case 'done':
      return 'It ran, because:'
    case 'cached':
      return 'An earlier result was taken, because:'
    case 'failed':
      return 'It was tried, and failed.'
    case 'cancelled':
      return 'The run was stopped before it ended.'
    case 'skipped':
      return skipText(skipped)
  }
}

function skipText(cause: StepView['skipped']): string {
  switch (cause?.kind) {
    case undefined:
      return 'It was left out.'
    case 'disabled':
      return 'It was left out: it is disabled.'
    case 'needs-disabled':
      return `It was left out: it needs “${cause.node}”, which is disabled.`
    case 'upstream-failed':
      return `It was left out: it needs “${cause.node}”, which failed.`
    case 'reader-failed':
      return `It was left out: “${cause.node}”, which reads it, failed.`
    case 'not-taken':
      return `It was left out: “${cause.node}” took another way.`
  }
}
