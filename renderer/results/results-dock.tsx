import { Table2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useSelectedNode } from '../inspector/selected-node.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import type { DockTab } from './node-results.tsx'
import { OldResults } from './old-results.tsx'

const NodeResults = lazy(async () => ({ default: (await import('./node-results.tsx')).NodeResults }))

const notDrawn = (
  <EmptyState
    title="The results cannot be shown"
    actions={<Button onClick={() => location.reload()}>Load the app again</Button>}
  >
    A part of the app could not be loaded, or failed. Your pipeline is safe.
  </EmptyState>
)

/** What the selected node gave: its rows, what they look like, and what was found out. */
export function ResultsDock() {
  const selected = useSelectedNode()
  const [wanted, setWanted] = useState<DockTab | null>(null)
  return (
    <section aria-label="Results dock" className="flex h-full min-h-0 flex-col bg-surface">
      {selected ? (
        <ErrorBoundary key={selected.id} fallback={notDrawn}>
          <OldResults selected={selected} />
          <Suspense>
            <NodeResults selected={selected} wanted={wanted} onWant={setWanted} />
          </Suspense>
        </ErrorBoundary>
      ) : (
        <EmptyState icon={<Table2 size={28} />} title="Select a node to see its results">
          Rows, profiles, charts and reports of a step appear here once it has run.
        </EmptyState>
      )}
    </section>
  )
}
