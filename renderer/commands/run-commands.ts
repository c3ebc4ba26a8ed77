import { activeTabOf, isRunning } from '../state/active.ts'
import type { AppState } from '../state/app-state.ts'
import { prefixOf } from '../state/scope.ts'
import { meaningOf } from '../canvas/flow/flow-types.ts'
import type { Command } from './command.ts'

/** As the whole pipeline calls them, also where a sub-pipeline of it is seen. */
function selectedSteps(state: AppState): string[] {
  const prefix = prefixOf(activeTabOf(state)?.scope ?? [])
  return state.selectedNodes.filter((id) => meaningOf(id).kind === 'step').map((id) => `${prefix}${id}`)
}

const canRun = (state: AppState): boolean => {
  const tab = activeTabOf(state)
  return tab !== undefined && Object.keys(tab.document.nodes).length > 0 && !isRunning(state)
}

export const runCommands: readonly Command[] = [
  {
    id: 'run',
    title: 'Run everything',
    group: 'Run',
    keys: ['mod+enter'],
    isEnabled: canRun,
    run: (store) => store.getState().startRun(),
  },
  {
    id: 'run-to',
    title: 'Run to the selected nodes',
    group: 'Run',
    keys: ['shift+enter'],
    isEnabled: (state) => canRun(state) && selectedSteps(state).length > 0,
    run: (store) => store.getState().startRun({ to: selectedSteps(store.getState()) }),
  },
  {
    id: 'run-from',
    title: 'Run from the selected nodes on',
    group: 'Run',
    keys: ['alt+enter'],
    isEnabled: (state) => canRun(state) && selectedSteps(state).length > 0,
    run: (store) => store.getState().startRun({ from: selectedSteps(store.getState()) }),
  },
  {
    id: 'forget-results',
    title: 'Forget stored results',
    group: 'Run',
    isEnabled: (state) => !isRunning(state) && selectedSteps(state).length > 0,
    run: (store) => store.getState().forgetResults(selectedSteps(store.getState())),
  },
  {
    id: 'stop',
    title: 'Stop the run',
    group: 'Run',
    keys: ['mod+.'],
    isEnabled: isRunning,
    run: (store) => store.getState().cancelRun(),
  },
]
