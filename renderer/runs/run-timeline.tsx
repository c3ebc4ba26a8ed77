import type { RunInfo, StepInfo } from '../../src/contract/runs-contract.ts'
import { formatDuration } from '../ui/format-amount.ts'
import { stepWords } from './step-words.ts'
import { ticksOf } from './ticks.ts'

const colours: Readonly<Record<StepInfo['state'], string>> = {
  queued: 'bg-line-strong',
  running: 'bg-accent',
  cached: 'bg-line-strong',
  done: 'bg-stage-ingestion',
  failed: 'bg-bad',
  skipped: 'bg-line',
  cancelled: 'bg-line-strong',
}

/** When each step ran, one below the other. */
export function RunTimeline({ run, steps }: { run: RunInfo; steps: readonly StepInfo[] }) {
  const start = run.startedAt
  const ends = steps.flatMap(({ finishedAt }) => finishedAt ?? [])
  const end = Math.max(run.finishedAt ?? 0, start + 1, ...ends)
  const share = (at: number): string => `${((at - start) / (end - start)) * 100}%`
  return (
    <div role="table" aria-label="Timeline of the steps" className="flex flex-col text-xs">
      <div
        role="row"
        className="grid grid-cols-[10rem_1fr_5rem] items-end gap-3 pb-1 text-2xs text-ink-faint tabular"
      >
        <span role="columnheader">Step</span>
        <span role="columnheader" aria-label="Time" className="relative h-4">
          {ticksOf(end - start).map((tick) => (
            <span
              key={tick}
              className="absolute -translate-x-1/2 whitespace-nowrap first:translate-x-0 last:-translate-x-full"
              style={{ left: share(start + tick) }}
            >
              {formatDuration(tick)}
            </span>
          ))}
        </span>
        <span role="columnheader" className="text-right">
          Took
        </span>
      </div>
      {steps.map((step) => (
        <div
          role="row"
          key={step.node}
          className="grid grid-cols-[10rem_1fr_5rem] items-center gap-3 border-t border-line py-1"
        >
          <span role="rowheader" className="truncate" title={step.type}>
            {step.node}
          </span>
          <span role="cell" className="relative h-4 rounded-sm bg-raised">
            {step.startedAt !== null && (
              <span
                title={`${step.node}: ${stepWords[step.state]}`}
                className={`absolute inset-y-0 min-w-0.75 rounded-sm ${colours[step.state]}`}
                style={{
                  left: share(step.startedAt),
                  width: `${(((step.finishedAt ?? end) - step.startedAt) / (end - start)) * 100}%`,
                }}
              />
            )}
            <span className="sr-only">{stepWords[step.state]}</span>
          </span>
          <span role="cell" className="text-right text-ink-soft tabular">
            {tookText(step)}
          </span>
        </div>
      ))}
    </div>
  )
}

function tookText({ state, startedAt, finishedAt }: StepInfo): string {
  if (state === 'cached' || state === 'skipped') return stepWords[state]
  return startedAt !== null && finishedAt !== null ? formatDuration(finishedAt - startedAt) : stepWords[state]
}
