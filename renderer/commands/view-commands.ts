import { activeTabOf } from '../state/active.ts'
import type { AppState } from '../state/app-state.ts'
import type { Command } from './command.ts'

const hasTab = (state: AppState): boolean => activeTabOf(state) !== undefined

export const viewCommands: readonly Command[] = [
  {
    id: 'commands',
    title: 'Find a command',
    group: 'View',
    keys: ['mod+k', 'mod+shift+p'],
    run: (store) => store.getState().openOverlay('commands'),
  },
  {
    id: 'shortcuts',
    title: 'Show the keyboard shortcuts',
    group: 'View',
    keys: ['?'],
    run: (store) => store.getState().openOverlay('shortcuts'),
  },
  {
    id: 'fit',
    title: 'Show everything',
    group: 'View',
    keys: ['shift+1'],
    isEnabled: hasTab,
    run: (store) => store.getState().canvas?.fit(),
  },
  {
    id: 'reveal',
    title: 'Show the selection',
    group: 'View',
    keys: ['shift+2'],
    isEnabled: ({ selectedNodes }) => selectedNodes.length > 0,
    run: (store) => store.getState().canvas?.reveal(store.getState().selectedNodes),
  },
  {
    id: 'zoom-in',
    title: 'Zoom in',
    group: 'View',
    keys: ['mod+=', 'mod++'],
    isEnabled: hasTab,
    run: (store) => store.getState().canvas?.zoomIn(),
  },
  {
    id: 'zoom-out',
    title: 'Zoom out',
    group: 'View',
    keys: ['mod+-'],
    isEnabled: hasTab,
    run: (store) => store.getState().canvas?.zoomOut(),
  },
  {
    id: 'toggle-palette',
    title: 'Node types',
    group: 'View',
    keys: ['mod+b'],
    isEnabled: hasTab,
    run: (store) => store.getState().togglePanel('palette'),
  },
  {
    id: 'toggle-inspector',
    title: 'Inspector',
    group: 'View',
    keys: ['mod+i'],
    isEnabled: hasTab,
    run: (store) => store.getState().togglePanel('inspector'),
  },
  {
    id: 'toggle-dock',
    title: 'Results',
    group: 'View',
    keys: ['mod+j'],
    isEnabled: hasTab,
    run: (store) => store.getState().togglePanel('dock'),
  },
  {
    id: 'toggle-problems',
    title: 'Problems',
    group: 'View',
    keys: ['mod+shift+m'],
    isEnabled: hasTab,
    run: (store) => store.getState().togglePanel('problems'),
  },
  {
    id: 'theme-light',
    title: 'Light colours',
    group: 'View',
    run: (store) => store.getState().setTheme('light'),
  },
  {
    id: 'theme-dark',
    title: 'Dark colours',
    group: 'View',
    run: (store) => store.getState().setTheme('dark'),
  },
  {
    id: 'theme-system',
    title: 'Colours of the system',
    group: 'View',
    run: (store) => store.getState().setTheme('system'),
  },
]
