import { Workflow } from 'lucide-react'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useAppStore } from '../state/store.ts'
import { formatAgo } from '../ui/format-ago.ts'

/** The pipelines that were opened last. */
export function RecentFiles() {
  const store = useAppStore()
  const client = useClient()
  const { data } = useQuery('recent', async (signal) => client.files.recent(undefined, { signal }))
  return (
    <section
      aria-labelledby="recent-title"
      className="flex min-h-60 flex-col rounded-lg border border-line bg-surface p-4"
    >
      <h2 id="recent-title" className="text-sm font-semibold">
        Recent
      </h2>
      <ul className="mt-2 -mx-2 min-h-0 flex-1">
        {data?.files.slice(0, 6).map(({ path, name, openedAt }) => (
          <li key={path}>
            <button
              type="button"
              title={path}
              className="flex h-9 w-full items-center gap-2.5 rounded-md px-2 text-left hover:bg-hover"
              onClick={() => void store.getState().openPath(path)}
            >
              <Workflow size={15} className="shrink-0 text-ink-faint" aria-hidden />
              <span className="min-w-0 flex-1 truncate">{name}</span>
              <span className="shrink-0 text-xs text-ink-faint">{formatAgo(openedAt)}</span>
            </button>
          </li>
        ))}
        {data?.files.length === 0 && (
          <li className="px-2 py-1 text-ink-faint">Pipelines that you open will stand here.</li>
        )}
      </ul>
    </section>
  )
}
