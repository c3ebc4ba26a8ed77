import { Check, Minus, X } from 'lucide-react'
import type { JudgedCheck } from '../../src/contract/retraining-contract.ts'

/** What a challenger was held against, each with its numbers. */
export function JudgedChecks({ checks }: { checks: readonly JudgedCheck[] }) {
  return (
    <ul aria-label="What it was held against" className="mt-1 flex flex-col gap-1">
      {checks.map(({ check, slice, isPassed, reason }) => (
        <li key={`${check} ${slice ?? ''}`} className="flex items-start gap-2 text-ink-soft">
          <Mark isPassed={isPassed} />
          <span>{reason}</span>
        </li>
      ))}
    </ul>
  )
}

function Mark({ isPassed }: Pick<JudgedCheck, 'isPassed'>) {
  if (isPassed === null)
    return <Minus size={14} aria-label="told only" className="mt-0.5 shrink-0 text-ink-faint" />
  return isPassed ? (
    <Check size={14} aria-label="passed" className="mt-0.5 shrink-0 text-good" />
  ) : (
    <X size={14} aria-label="failed" className="mt-0.5 shrink-0 text-bad" />
  )
}
