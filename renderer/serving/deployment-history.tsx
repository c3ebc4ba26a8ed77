import type { DeploymentChange } from '../../src/contract/deployment-info.ts'
import { momentText } from '../results/format-amounts.ts'
import { EmptyState } from '../ui/empty-state.tsx'

/** What was changed about an endpoint, the newest first. */
export function DeploymentHistory({ changes }: { changes: readonly DeploymentChange[] }) {
  if (changes.length === 0) return <EmptyState title="Nothing has been changed yet" />
  return (
    <ol className="selectable flex flex-col p-6">
      {changes.map(({ at, what, note, revision }) => (
        <li
          key={`${at} ${what} ${revision}`}
          className="flex gap-4 border-b border-line py-2 last:border-b-0"
        >
          <time dateTime={new Date(at).toISOString()} className="w-40 shrink-0 text-ink-soft tabular">
            {momentText(at)}
          </time>
          <span>{note === '' ? what.replaceAll('-', ' ') : note}</span>
        </li>
      ))}
    </ol>
  )
}
