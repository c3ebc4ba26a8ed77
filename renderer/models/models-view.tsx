import { Boxes } from 'lucide-react'
import { useState } from 'react'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useWorkspaceEvents } from '../api/use-workspace-events.ts'
import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatAgo } from '../ui/format-ago.ts'
import { SearchField } from '../ui/search-field.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { ImportButton } from './import-button.tsx'
import { ModelPage } from './model-page.tsx'

/** The registry: models with their versions, what they are called, and what they answer. */
export function ModelsView() {
  const client = useClient()
  const [round, setRound] = useState(0)
  const [shown, setShown] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  const reload = (): void => setRound((last) => last + 1)
  useWorkspaceEvents(({ event }) => event === 'model-registered' && reload())
  const { data, error } = useQuery(`${round}`, (signal) => client.models.list(undefined, { signal }))
  const imported = (name: string): void => {
    setShown(name)
    reload()
  }
  if (error) {
    return (
      <main aria-label="Models" className="h-full">
        <EmptyState title={error.message}>{error.remedy}</EmptyState>
      </main>
    )
  }
  if (!data) {
    return (
      <main aria-label="Models" className="p-6">
        <Spinner label="Reading the registry" />
      </main>
    )
  }
  if (data.models.length === 0) {
    return (
      <main aria-label="Models" className="h-full">
        <EmptyState
          icon={<Boxes size={28} />}
          title="No model is registered yet"
          actions={<ImportButton onDone={imported} />}
        >
          Put “Register model” behind a model in a pipeline and run it: each run adds a version here. Or
          import an ONNX file that something else trained.
        </EmptyState>
      </main>
    )
  }
  const wanted = search.trim().toLowerCase()
  const models = data.models.filter(({ name }) => name.toLowerCase().includes(wanted))
  const current = models.find(({ name }) => name === shown) ?? models[0]
  return (
    <main aria-label="Models" className="flex h-full min-h-0">
      <section aria-label="Registry" className="flex w-72 shrink-0 flex-col border-r border-line bg-surface">
        <header className="flex flex-col gap-2 border-b border-line px-4 py-3">
          <div className="flex items-center justify-between gap-2">
            <h1 className="text-lg font-semibold">Models</h1>
            <ImportButton onDone={imported} />
          </div>
          <SearchField
            label="Find a model"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </header>
        <ul className="min-h-0 flex-1 overflow-auto">
          {models.map(({ name, latest, aliases }) => (
            <li
              key={name}
              className={classNames('border-b border-line', name === current?.name && 'bg-accent-soft/60')}
            >
              <button
                type="button"
                aria-current={name === current?.name}
                onClick={() => setShown(name)}
                className="flex w-full flex-col gap-1 px-4 py-2.5 text-left focus-visible:-outline-offset-2"
              >
                <span className="flex w-full items-center gap-2">
                  <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                  <span className="text-xs text-ink-soft">{formatAgo(latest.createdAt)}</span>
                </span>
                <span className="flex flex-wrap items-center gap-1 text-xs text-ink-soft">
                  version {latest.version}
                  {Object.keys(aliases).map((alias) => (
                    <Badge key={alias} tone="accent">
                      {alias}
                    </Badge>
                  ))}
                </span>
              </button>
            </li>
          ))}
          {models.length === 0 && <li className="p-4 text-ink-soft">No model is called so.</li>}
        </ul>
      </section>
      <section aria-label="Model" className="min-w-0 flex-1 overflow-auto">
        {current && <ModelPage key={current.name} name={current.name} round={round} onChanged={reload} />}
      </section>
    </main>
  )
}
