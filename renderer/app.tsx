import { lazy, Suspense, useEffect } from 'react'
import { AlertToasts } from './alerts/alert-toasts.tsx'
import { CommandPalette } from './commands/command-palette.tsx'
import { ShortcutSheet } from './commands/shortcut-sheet.tsx'
import { useShortcuts } from './commands/use-shortcuts.ts'
import { AboutDialog } from './settings/about-dialog.tsx'
import { SettingsDialog } from './settings/settings-dialog.tsx'
import { CloseQuestion } from './shell/close-question.tsx'
import { ConnectionBanner } from './shell/connection-banner.tsx'
import { OpenDialog } from './shell/open-dialog.tsx'
import { Rail } from './shell/rail.tsx'
import { Toasts } from './shell/toasts.tsx'
import { TrustQuestion } from './shell/trust-question.tsx'
import { StartPage } from './start/start-page.tsx'
import { TargetDialog } from './start/target-dialog.tsx'
import { activeFileOf } from './state/active.ts'
import { useAppStore, useStore } from './state/store.ts'
import { isUnsaved } from './state/unsaved.ts'
import { Button } from './ui/button.tsx'
import { EmptyState } from './ui/empty-state.tsx'
import { ErrorBoundary } from './ui/error-boundary.tsx'

const loadPipelineView = async () => import('./canvas/pipeline-view.tsx')
const PipelineView = lazy(async () => ({ default: (await loadPipelineView()).PipelineView }))
/** When the start page has been there for a moment, so that a drawing need not wait when it is opened. */
const preloadMs = 1500

/** Loads what draws pipelines before it is asked for; at once where somebody is choosing one. */
function usePreloadedPipelineView(): void {
  const isChoosing = useStore(({ overlay }) => overlay === 'open')
  useEffect(() => {
    // Where that fails, opening a drawing tells of it.
    const timer = setTimeout(() => void loadPipelineView().catch(() => undefined), isChoosing ? 0 : preloadMs)
    return () => clearTimeout(timer)
  }, [isChoosing])
}

const RunsView = lazy(async () => ({ default: (await import('./runs/runs-view.tsx')).RunsView }))
const ModelsView = lazy(async () => ({ default: (await import('./models/models-view.tsx')).ModelsView }))
const ServingView = lazy(async () => ({ default: (await import('./serving/serving-view.tsx')).ServingView }))
const MonitoringView = lazy(async () => ({
  default: (await import('./monitoring/monitoring-view.tsx')).MonitoringView,
}))

export function App() {
  useShortcuts()
  useTheme()
  useWindowTitle()
  usePreloadedPipelineView()
  const view = useStore((state) => state.view)
  return (
    <div className="flex h-full">
      <Rail />
      <div className="flex min-w-0 flex-1 flex-col">
        <ConnectionBanner />
        <ErrorBoundary key={view} fallback={<Broken />}>
          <Suspense>
            <CurrentView />
          </Suspense>
        </ErrorBoundary>
      </div>
      <CommandPalette />
      <ShortcutSheet />
      <OpenDialog />
      <SettingsDialog />
      <AboutDialog />
      <StartingData />
      <CloseQuestion />
      <TrustQuestion />
      <Toasts />
      <AlertToasts />
    </div>
  )
}

/** Asks what to predict from the data file that a pipeline is to be drawn for. */
function StartingData() {
  const store = useAppStore()
  const path = useStore(({ dataFile }) => dataFile)
  return path === null ? null : <TargetDialog path={path} onClose={() => store.getState().startFrom(null)} />
}

/** In place of a view that could not be drawn. */
function Broken() {
  return (
    <EmptyState
      title="This view could not be drawn"
      actions={
        <Button tone="accent" onClick={() => location.reload()}>
          Load the window again
        </Button>
      }
    >
      This is our mistake, not yours. What you changed is kept.
    </EmptyState>
  )
}

function CurrentView() {
  const view = useStore((state) => state.view)
  switch (view) {
    case 'start':
      return <StartPage />
    case 'pipeline':
      return <PipelineView />
    case 'runs':
      return <RunsView />
    case 'models':
      return <ModelsView />
    case 'serving':
      return <ServingView />
    case 'monitoring':
      return <MonitoringView />
  }
}

function useTheme(): void {
  const theme = useStore((state) => state.theme)
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
}

function useWindowTitle(): void {
  const title = useStore((state) => {
    const tab = state.view === 'pipeline' ? activeFileOf(state) : undefined
    return tab ? `${isUnsaved(tab) ? '• ' : ''}${tab.document.name} – Pipewright` : 'Pipewright'
  })
  useEffect(() => {
    document.title = title
  }, [title])
}
