import { lazy, Suspense } from 'react'
import { StartPage } from './start/start-page.tsx'
import { useStore } from './state/store.ts'
import { PipelineView } from './canvas/pipeline-view.tsx'

const RunsView = lazy(async () => ({ default: (await import('./runs/runs-view.tsx')).RunsView }))
const ModelsView = lazy(async () => ({ default: (await import('./models/models-view.tsx')).ModelsView }))

export function App() {
  const view = useStore((state) => state.view)
  switch (view) {
    case 'start':
      return <StartPage />
    case 'pipeline':
      return <PipelineView />
    case 'runs':
      return (
        <Suspense>
          <RunsView />
        </Suspense>
      )
    case 'models':
      return (
        <Suspense>
          <ModelsView />
        </Suspense>
      )
  }
}
