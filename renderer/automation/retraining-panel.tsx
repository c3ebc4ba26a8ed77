import { RefreshCw } from 'lucide-react'
import type { RetrainingInfo } from '../../src/contract/retraining-contract.ts'
import { useClient } from '../api/client.ts'
import { momentText } from '../results/format-amounts.ts'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { Switch } from '../ui/switch.tsx'
import { JobCard } from './job-card.tsx'
import { causeTitles } from './job-words.ts'
import { useRetraining } from './use-retraining.ts'

/** How the model of an endpoint is trained anew: when, how near that is, and what came of it so far. */
export function RetrainingPanel({ deployment }: { deployment: string }) {
  const { data, error, lookAgain } = useRetraining(deployment)
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) {
    return (
      <div className="p-6">
        <Spinner label="Reading what is retrained" />
      </div>
    )
  }
  const { info, jobs } = data
  if (!info)
    return (
      <EmptyState title="Nothing trains this model anew">
        Put the step “Retrain” behind “Register model” and run the pipeline: it says when a challenger is
        trained, and by what it is judged.
      </EmptyState>
    )
  return (
    <div className="selectable flex flex-col gap-5 p-6">
      <PolicyHead info={info} onDone={lookAgain} />
      <Reasons info={info} />
      {jobs.length === 0 ? (
        <p className="text-ink-soft">It was not retrained yet.</p>
      ) : (
        <ol aria-label="Retraining jobs" className="flex flex-col gap-3">
          {jobs.map((job, index) => (
            <JobCard key={job.number} job={job} isNewest={index === 0} onDone={lookAgain} />
          ))}
        </ol>
      )}
    </div>
  )
}

function PolicyHead({ info, onDone }: { info: RetrainingInfo; onDone: () => void }) {
  const client = useClient()
  const store = useAppStore()
  const { policy, isOn, champion, open, pausedUntil, isWatched } = info
  const { deployment, model } = policy
  const tell = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work
      onDone()
    } catch (error) {
      store.getState().tellError(error)
    }
  }
  return (
    <section aria-label="Retraining" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Switch
          label="Retrain by itself"
          checked={isOn}
          onChange={(on) => void tell(client.retraining.switch({ deployment, isOn: on }))}
        />
        <span className="font-medium">Retrain by itself</span>
        <span className="text-ink-soft tabular">
          {model} {champion === null ? 'has no version yet' : `is version ${champion}`}
        </span>
        <span className="flex-1" />
        <Button
          icon={<RefreshCw size={14} aria-hidden />}
          disabled={open !== null}
          onClick={() => void tell(client.retraining.start({ deployment }))}
        >
          Retrain now
        </Button>
      </div>
      {pausedUntil !== null && (
        <p className="text-xs text-ink-faint">Nothing starts by itself before {momentText(pausedUntil)}.</p>
      )}
      {isOn && !isWatched && (
        <p role="status" className="rounded-md bg-warn-soft px-3 py-2 text-warn">
          Nothing starts by itself in this host: leave the app, or `pipewright watch`, running.
        </p>
      )}
    </section>
  )
}

function Reasons({ info: { reasons } }: { info: RetrainingInfo }) {
  return (
    <ul aria-label="Reasons to retrain" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {reasons.map(({ cause, now, needed, nextAt, words }) => (
        <li key={cause} className="flex flex-col gap-1.5 rounded-lg border border-line bg-surface p-3">
          <span className="text-xs font-medium text-ink-soft">{causeTitles[cause]}</span>
          {needed !== null && <Nearness share={now === null ? 0 : now / needed} />}
          <span className="text-xs text-ink-soft">
            {nextAt === null ? words : `It is due at ${momentText(nextAt)}.`}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** How much of what it takes is there. */
function Nearness({ share }: { share: number }) {
  return (
    <div aria-hidden className="h-1 overflow-hidden rounded-full bg-hover">
      <div className="h-full bg-accent" style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
    </div>
  )
}
