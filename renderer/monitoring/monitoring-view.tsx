import { Activity } from 'lucide-react'
import { useState } from 'react'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { useMonitoring } from './follow-monitoring.ts'
import { HealthList } from './health-list.tsx'
import { MonitoredPage } from './monitored-page.tsx'

/** Whether what serves still does what it was trained for. */
export function MonitoringView() {
  const { overviews, error, rounds } = useMonitoring()
  const store = useAppStore()
  const [shown, setShown] = useState<string | null>(null)
  if (!overviews) {
    return (
      <main aria-label="Monitoring" className="h-full p-6">
        {error ? (
          <EmptyState title={error.message}>{error.remedy}</EmptyState>
        ) : (
          <Spinner label="Reading what was measured" />
        )}
      </main>
    )
  }
  const current = overviews.find(({ name }) => name === shown) ?? overviews[0]
  // What is looked at stays, whatever else is served meanwhile.
  if (current && current.name !== shown) setShown(current.name)
  return (
    <main aria-label="Monitoring" className="flex h-full min-h-0">
      {current ? (
        <>
          <section
            aria-label="Deployments"
            className="flex w-72 shrink-0 flex-col border-r border-line bg-surface"
          >
            <header className="border-b border-line px-4 py-3">
              <h1 className="text-lg font-semibold">Monitoring</h1>
            </header>
            <HealthList overviews={overviews} shown={current.name} onShow={setShown} />
          </section>
          <section aria-label={current.name} className="min-w-0 flex-1">
            <MonitoredPage key={current.name} overview={current} round={rounds[current.name] ?? 0} />
          </section>
        </>
      ) : (
        <div className="h-full flex-1">
          <EmptyState
            icon={<Activity size={28} />}
            title="There is nothing to watch yet"
            actions={
              <Button tone="accent" onClick={() => store.getState().show('serving')}>
                Serve a model
              </Button>
            }
          >
            What an endpoint is asked is compared with the rows its model was trained on, window by window:
            drift, quality, times and errors, without any set-up.
          </EmptyState>
        </div>
      )}
    </main>
  )
}
