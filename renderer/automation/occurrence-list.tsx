import type { Occurrence } from '../../src/contract/automation-contract.ts'
import { momentText } from '../results/format-amounts.ts'
import { Badge } from '../ui/badge.tsx'

const tones: Readonly<Record<Occurrence['state'], 'plain' | 'accent' | 'good' | 'warn' | 'bad'>> = {
  waiting: 'accent',
  running: 'accent',
  done: 'good',
  failed: 'bad',
  refused: 'bad',
  missed: 'warn',
}

/** What fell due, and what became of it. */
export function OccurrenceList({ occurrences }: { occurrences: readonly Occurrence[] }) {
  return (
    <ol aria-label="What fell due" className="flex flex-col">
      {occurrences.map(({ number, dueAt, schedule, state, reason, run }) => (
        <li key={number} className="flex items-start gap-3 border-b border-line py-2 last:border-b-0">
          <time dateTime={new Date(dueAt).toISOString()} className="w-40 shrink-0 text-ink-soft tabular">
            {momentText(dueAt)}
          </time>
          <span className="w-32 shrink-0 truncate">{schedule}</span>
          <Badge tone={tones[state]}>{state}</Badge>
          <span className="min-w-0 flex-1 text-ink-soft">{reason}</span>
          {run !== null && <code className="font-mono text-xs text-ink-faint">run {run}</code>}
        </li>
      ))}
    </ol>
  )
}
