import { activeTabOf } from '../state/active.ts'
import type { AppStore } from '../state/create-app-store.ts'
import type { Command } from './command.ts'

export const fileCommands: readonly Command[] = [
  {
    id: 'save',
    title: 'Save',
    group: 'File',
    keys: ['mod+s'],
    isEnabled: (state) => activeTabOf(state) !== undefined,
    run: (store) => store.getState().save(),
  },
  {
    id: 'save-as',
    title: 'Save as…',
    group: 'File',
    keys: ['mod+shift+s'],
    isEnabled: (state) => state.hasSystemDialogs && activeTabOf(state) !== undefined,
    run: (store) => store.getState().saveAs(),
  },
  {
    id: 'new',
    title: 'New pipeline',
    group: 'File',
    keys: ['alt+n'],
    run: (store) => store.getState().createPipeline(),
  },
  {
    id: 'open',
    title: 'Open a pipeline…',
    group: 'File',
    keys: ['mod+o'],
    run: (store) => store.getState().chooseAndOpen(),
  },
  {
    id: 'close',
    title: 'Close the tab',
    group: 'File',
    keys: ['alt+w'],
    isEnabled: (state) => activeTabOf(state) !== undefined,
    run(store) {
      const { activeTab, closeTab } = store.getState()
      if (activeTab !== null) closeTab(activeTab)
    },
  },
  {
    id: 'next-tab',
    title: 'Next tab',
    group: 'Go to',
    keys: ['alt+arrowright'],
    isEnabled: ({ tabOrder }) => tabOrder.length > 1,
    run: (store) => goToTab(store, 1),
  },
  {
    id: 'previous-tab',
    title: 'Previous tab',
    group: 'Go to',
    keys: ['alt+arrowleft'],
    isEnabled: ({ tabOrder }) => tabOrder.length > 1,
    run: (store) => goToTab(store, -1),
  },
  {
    id: 'settings',
    title: 'Settings…',
    group: 'File',
    keys: ['mod+,'],
    run: (store) => store.getState().openOverlay('settings'),
  },
  {
    id: 'about',
    title: 'About Pipewright',
    group: 'File',
    run: (store) => store.getState().openOverlay('about'),
  },
  { id: 'start', title: 'Start page', group: 'Go to', run: (store) => store.getState().show('start') },
  { id: 'runs', title: 'Runs', group: 'Go to', run: (store) => store.getState().show('runs') },
  { id: 'models', title: 'Models', group: 'Go to', run: (store) => store.getState().show('models') },
  { id: 'serving', title: 'Serving', group: 'Go to', run: (store) => store.getState().show('serving') },
  {
    id: 'monitoring',
    title: 'Monitoring',
    group: 'Go to',
    run: (store) => store.getState().show('monitoring'),
  },
]

function goToTab(store: AppStore, by: 1 | -1): void {
  const { tabOrder, activeTab, activateTab } = store.getState()
  const at = activeTab === null ? 0 : tabOrder.indexOf(activeTab)
  const next = tabOrder[(at + by + tabOrder.length) % tabOrder.length]
  if (next !== undefined) activateTab(next)
}
