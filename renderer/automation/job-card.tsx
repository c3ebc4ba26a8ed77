import { Check, Circle, CircleDashed, X } from 'lucide-react'
import { useState } from 'react'
import type { RetrainingJob, RetrainingStep } from '../../src/contract/retraining-contract.ts'
import { momentText } from '../results/format-amounts.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { formatAgo } from '../ui/format-ago.ts'
import { JobActions } from './job-actions.tsx'
import { causeTitles, jobMark, stepTitles } from './job-words.ts'
import { JudgedChecks } from './judged-checks.tsx'

interface JobCardProps {
  job: RetrainingJob
  isNewest: boolean
  onDone: () => void
}

/** One attempt at a better model: why it began, what it came to, and, when asked for, each step. */
export function JobCard({ job, isNewest, onDone }: JobCardProps) {
  const [isOpen, setOpen] = useState(isNewest)
  const { number, cause, causeReason, outcome, reason, startedAt, champion, challenger } = job
  const { word, tone } = jobMark(job)
  return (
    <li className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">Job {number}</span>
        <Badge tone={tone}>{word}</Badge>
        <span className="text-ink-soft">{causeTitles[cause]}</span>
        {challenger !== null && (
          <span className="text-ink-soft tabular">
            version {challenger} {champion === null ? '' : `against version ${champion}`}
          </span>
        )}
        <time
          dateTime={new Date(startedAt).toISOString()}
          title={momentText(startedAt)}
          className="text-xs text-ink-faint"
        >
          {formatAgo(startedAt)}
        </time>
        <span className="flex-1" />
        <Button tone="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide steps' : 'Show steps'}
        </Button>
      </p>
      <p className="text-ink-soft">{reason === '' ? causeReason : reason}</p>
      {isOpen && (
        <ol aria-label={`Steps of job ${number}`} className="flex flex-col gap-2">
          <li className="text-xs text-ink-faint">{causeReason}</li>
          {job.steps.map((step) => (
            <Step key={step.step} step={step} isOver={outcome !== null} />
          ))}
        </ol>
      )}
      <JobActions job={job} isNewest={isNewest} onDone={onDone} />
    </li>
  )
}

function Step({
  step: { step, state, reason, run, checks },
  isOver,
}: {
  step: RetrainingStep
  isOver: boolean
}) {
  return (
    <li className="flex items-start gap-2">
      <StepMark state={state} isOver={isOver} />
      <div className="min-w-0 flex-1">
        <p>
          {stepTitles[step]}
          {run !== null && <code className="ml-2 font-mono text-xs text-ink-faint">run {run}</code>}
        </p>
        {checks.length > 0 ? <JudgedChecks checks={checks} /> : <p className="text-ink-soft">{reason}</p>}
      </div>
    </li>
  )
}

function StepMark({ state, isOver }: { state: RetrainingStep['state']; isOver: boolean }) {
  switch (state) {
    case 'done':
      return <Check size={15} aria-label="done" className="mt-0.5 shrink-0 text-good" />
    case 'failed':
      return <X size={15} aria-label="failed" className="mt-0.5 shrink-0 text-bad" />
    case 'running':
      return isOver ? (
        <Circle size={15} aria-label="not finished" className="mt-0.5 shrink-0 text-ink-faint" />
      ) : (
        <CircleDashed size={15} aria-label="in progress" className="mt-0.5 shrink-0 text-accent" />
      )
  }
}
