import { GitCompare } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useWorkspaceEvents } from '../api/use-workspace-events.ts'
import { ScheduleList } from '../automation/schedule-list.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { RunComparison } from './run-comparison.tsx'
import { RunDetails } from './run-details.tsx'
import { RunsTable } from './runs-table.tsx'

const mostRuns = 500

type Part = 'history' | 'schedules'
const parts = [
  { value: 'history', title: 'History' },
  { value: 'schedules', title: 'Schedules' },
] as const

/** What has run, and what runs by itself. */
export function RunsView() {
  const [part, setPart] = useState<Part>('history')
  const choice = <SegmentedControl label="Runs" value={part} options={parts} onChange={setPart} />
  if (part === 'history') return <RunHistory choice={choice} />
  return (
    <main aria-label="Runs" className="flex h-full min-h-0 flex-col">
      <header className="flex items-center gap-4 border-b border-line bg-surface px-4 py-3">
        <h1 className="text-lg font-semibold">Runs</h1>
        {choice}
      </header>
      <div className="min-h-0 flex-1 overflow-auto">
        <ScheduleList />
      </div>
    </main>
  )
}

/** Each run closely, and two of them beside each other. */
function RunHistory({ choice }: { choice: ReactNode }) {
  const client = useClient()
  const [round, setRound] = useState(0)
  const [shown, setShown] = useState<string | null>(null)
  const [marked, setMarked] = useState<readonly string[]>([])
  const [compared, setCompared] = useState<readonly [string, string] | null>(null)
  const [search, setSearch] = useState('')
  useWorkspaceEvents(({ event }) => event.startsWith('run-') && setRound((last) => last + 1))
  const { data, error } = useQuery(`${round}`, (signal) => client.runs.list({ limit: mostRuns }, { signal }))
  if (error) {
    return (
      <main aria-label="Runs" className="h-full">
        <EmptyState title={error.message}>{error.remedy}</EmptyState>
      </main>
    )
  }
  if (!data) {
    return (
      <main aria-label="Runs" className="p-6">
        <Spinner label="Reading the history" />
      </main>
    )
  }
  if (data.runs.length === 0) {
    return (
      <main aria-label="Runs" className="h-full">
        <EmptyState title="No pipeline has run yet" actions={choice}>
          Every run is kept here with its steps, metrics and how long it took.
        </EmptyState>
      </main>
    )
  }
  const wanted = search.trim().toLowerCase()
  const runs = data.runs.filter(
    ({ id, pipelineName }) => id.startsWith(wanted) || pipelineName.toLowerCase().includes(wanted),
  )
  const current = runs.find(({ id }) => id === shown) ?? runs[0]
  // The older one stands before the newer one, however they were marked.
  const pair = data.runs.filter(({ id }) => marked.includes(id)).map(({ id }) => id)
  const mark = (id: string, isMarked: boolean): void =>
    setMarked(isMarked ? [...marked.slice(-1), id] : marked.filter((other) => other !== id))
  return (
    <main aria-label="Runs" className="flex h-full min-h-0">
      <section
        aria-label="History"
        className="flex w-[44%] min-w-96 flex-col border-r border-line bg-surface"
      >
        <header className="flex items-center gap-2 border-b border-line px-4 py-3">
          <h1 className="text-lg font-semibold">Runs</h1>
          {choice}
          <span className="flex-1" />
          <SearchField
            label="Find a run"
            className="w-36"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <Button
            icon={<GitCompare size={14} />}
            disabled={pair.length !== 2}
            title="Mark two runs to compare them"
            onClick={() => setCompared([pair[1]!, pair[0]!])}
          >
            Compare
          </Button>
        </header>
        <RunsTable
          runs={runs}
          shown={current?.id ?? null}
          marked={marked}
          onShow={(id) => {
            setShown(id)
            setCompared(null)
          }}
          onMark={mark}
        />
      </section>
      <section aria-label="Details" className="min-w-0 flex-1 overflow-auto">
        {compared ? (
          <RunComparison
            key={compared.join(' ')}
            before={compared[0]}
            after={compared[1]}
            onClose={() => setCompared(null)}
          />
        ) : (
          current && <RunDetails key={current.id} run={current} round={round} />
        )}
      </section>
    </main>
  )
}
