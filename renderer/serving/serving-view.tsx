import { Plus, RadioTower } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { DeploymentList } from './deployment-list.tsx'
import { DeploymentPage } from './deployment-page.tsx'
import { useDeployments } from './follow-deployments.ts'
import { ServeDialog } from './serve-dialog.tsx'

/** The endpoints of the workspace: what they serve, how they are, and what they are asked. */
export function ServingView() {
  const { byName, error } = useDeployments()
  const [shown, setShown] = useState<string | null>(null)
  const [isMaking, setMaking] = useState(false)
  if (!byName) {
    return (
      <main aria-label="Serving" className="h-full p-6">
        {error ? (
          <EmptyState title={error.message}>{error.remedy}</EmptyState>
        ) : (
          <Spinner label="Reading the endpoints" />
        )}
      </main>
    )
  }
  const all = [...byName.values()].toSorted((a, b) => a.info.name.localeCompare(b.info.name))
  const current = (shown === null ? undefined : byName.get(shown)) ?? all[0]
  // What is looked at stays, whatever else is served meanwhile.
  if (current && current.info.name !== shown) setShown(current.info.name)
  const make = (
    <Button tone="accent" icon={<Plus size={14} />} onClick={() => setMaking(true)}>
      Serve a model
    </Button>
  )
  return (
    <main aria-label="Serving" className="flex h-full min-h-0">
      {current ? (
        <>
          <section
            aria-label="Endpoints"
            className="flex w-72 shrink-0 flex-col border-r border-line bg-surface"
          >
            <header className="flex items-center gap-2 border-b border-line px-4 py-3">
              <h1 className="flex-1 text-lg font-semibold">Serving</h1>
              {make}
            </header>
            <DeploymentList deployments={all} shown={current.info.name} onShow={setShown} />
          </section>
          <section aria-label={current.info.name} className="min-w-0 flex-1">
            <DeploymentPage key={current.info.name} live={current} />
          </section>
        </>
      ) : (
        <div className="h-full flex-1">
          <EmptyState icon={<RadioTower size={28} />} title="Nothing is served yet" actions={make}>
            An endpoint answers over HTTP with a model of the registry. It stands for what other programs ask,
            so it keeps its address when the model behind it changes.
          </EmptyState>
        </div>
      )}
      {isMaking && (
        <ServeDialog
          current={null}
          onClose={() => setMaking(false)}
          onDone={(name) => {
            setMaking(false)
            setShown(name)
          }}
        />
      )}
    </main>
  )
}
