import type { RunInfo } from '../../src/contract/runs-contract.ts'
import { amountText, metricTitle, momentText } from '../results/format-amounts.ts'
import { Checkbox } from '../ui/checkbox.tsx'
import { classNames } from '../ui/class-names.ts'
import { formatAgo } from '../ui/format-ago.ts'
import { formatDuration } from '../ui/format-amount.ts'
import { runDuration } from './run-duration.ts'
import { runHeadline } from './run-headline.ts'
import { RunStatus } from './run-status.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'

interface RunsTableProps {
  runs: readonly RunInfo[]
  shown: string | null
  /** Two at most: to be compared. */
  marked: readonly string[]
  onShow: (run: string) => void
  onMark: (run: string, isMarked: boolean) => void
}

/** The newest first. */
export function RunsTable({ runs, shown, marked, onShow, onMark }: RunsTableProps) {
  return (
    <ScrollRegion label="List of runs" className="min-h-0 flex-1 focus-visible:-outline-offset-2">
      <ul>
        {runs.map((run) => (
          <li
            key={run.id}
            className={classNames(
              'flex items-start gap-3 border-b border-line px-4',
              run.id === shown && 'bg-accent-soft/60',
            )}
          >
            <span className="pt-4">
              <Checkbox
                label={`Compare run ${run.id}`}
                checked={marked.includes(run.id)}
                onChange={(isMarked) => onMark(run.id, isMarked)}
              />
            </span>
            <button
              type="button"
              aria-current={run.id === shown}
              onClick={() => onShow(run.id)}
              className="flex min-w-0 flex-1 flex-col gap-0.5 py-2.5 text-left focus-visible:-outline-offset-2"
            >
              <span className="flex w-full items-center gap-2">
                <span className="min-w-0 truncate font-medium">{run.pipelineName}</span>
                <RunStatus status={run.status} />
                <span className="flex-1" />
                <time className="shrink-0 text-xs text-ink-soft" title={momentText(run.startedAt)}>
                  {formatAgo(run.startedAt)}
                </time>
              </span>
              <span className="w-full truncate text-xs text-ink-soft tabular">{factsOf(run)}</span>
            </button>
          </li>
        ))}
        {runs.length === 0 && <li className="p-4 text-ink-soft">No run is called so.</li>}
      </ul>
    </ScrollRegion>
  )
}

function factsOf(run: RunInfo): string {
  const { id, summary } = run
  const duration = runDuration(run)
  const took = duration === null ? [] : [formatDuration(duration)]
  const steps = summary ? [`${summary.executed} ran, ${summary.cached} unchanged`] : []
  return [...headlineTexts(summary?.metrics ?? {}), ...took, ...steps, id].join(' · ')
}

function headlineTexts(all: Readonly<Record<string, number>>): string[] {
  const { model, metrics } = runHeadline(all)
  const texts = metrics.map(({ name, value }) => `${metricTitle(name)} ${amountText(value)}`)
  return model === null ? texts : [`${model}: ${texts.join(', ')}`]
}
