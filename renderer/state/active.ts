import type { AppState } from './app-state.ts'
import type { RunView, StepView } from './run-view.ts'
import type { Tab } from './tab.ts'

/** The tab that is shown, if any. */
export const activeTabOf = ({ activeTab, tabs }: AppState): Tab | undefined =>
  activeTab === null ? undefined : tabs[activeTab]

/** The run that the active tab shows, if any. */
export function activeRunOf(state: AppState): RunView | undefined {
  const run = activeTabOf(state)?.runId
  return run === null || run === undefined ? undefined : state.runs[run]
}

export const stepOf = (state: AppState, node: string): StepView | undefined => activeRunOf(state)?.steps[node]

export const isRunning = (state: AppState): boolean => activeRunOf(state)?.status === 'running'
