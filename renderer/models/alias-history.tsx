import { momentText } from '../results/format-amounts.ts'
import { FactTable } from '../results/reports/report-parts.tsx'

interface AliasChange {
  alias: string
  from: number | null
  to: number | null
  at: number
}

/** Which version had which name when, the newest change first. */
export function AliasHistory({ changes }: { changes: readonly AliasChange[] }) {
  if (changes.length === 0) return <p className="text-ink-soft">No version has had an alias yet.</p>
  return (
    <FactTable
      label="Changes of aliases"
      columns={[{ title: 'When' }, { title: 'Alias' }, { title: 'What happened' }]}
      rows={changes
        .toSorted((a, b) => b.at - a.at)
        .map(({ alias, from, to, at }) => [momentText(at), alias, changeText(from, to)])}
    />
  )
}

function changeText(from: number | null, to: number | null): string {
  if (to === null) return from === null ? 'removed' : `removed from version ${from}`
  return from === null ? `given to version ${to}` : `moved from version ${from} to version ${to}`
}
