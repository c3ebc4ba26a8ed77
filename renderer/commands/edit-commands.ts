import { pasteEdits, copyText } from '../canvas/edits/clipboard.ts'
import { descriptionOf } from '../canvas/edits/description-of.ts'
import { groupEdits, ungroupEdits } from '../canvas/edits/groups.ts'
import { linkBackEdits } from '../canvas/edits/link-back.ts'
import { addNoteEdits } from '../canvas/edits/notes.ts'
import { groupNodeId, noteNodeId } from '../canvas/flow/flow-types.ts'
import type { Edit } from '../../src/core/edits.ts'
import { activeTabOf } from '../state/active.ts'
import type { AppState } from '../state/app-state.ts'
import type { AppStore } from '../state/create-app-store.ts'
import type { Command } from './command.ts'
import { copySelection, deleteSelection, pasteText } from './clipboard.ts'
import { hasSteps, selectionOf } from './selection.ts'

export const editCommands: readonly Command[] = [
  {
    id: 'add-node',
    title: 'Add a node…',
    group: 'Edit',
    keys: ['a'],
    isEnabled: (state) => activeTabOf(state) !== undefined,
    run: searchInTheMiddle,
  },
  {
    id: 'add-behind',
    title: 'Connect the selected node, or add one behind it…',
    group: 'Edit',
    keys: ['shift+a'],
    isEnabled: (state) => selectionOf(state).steps.length === 1,
    run: searchBehind,
  },
  {
    id: 'link-back',
    title: 'Draw, or remove, the way back to the feedback',
    group: 'Edit',
    isEnabled: (state) => linkBackOf(state) !== null,
    run: (store) => {
      const state = store.getState()
      const link = linkBackOf(state)
      if (link) state.applyEdits(link.isThere ? 'Remove the way back' : 'Draw the way back', link.edits)
    },
  },
  {
    id: 'undo',
    title: 'Undo',
    group: 'Edit',
    keys: ['mod+z'],
    isEnabled: (state) => (activeTabOf(state)?.undo.length ?? 0) > 0,
    run: (store) => store.getState().undo(),
  },
  {
    id: 'redo',
    title: 'Redo',
    group: 'Edit',
    keys: ['mod+shift+z', 'mod+y'],
    isEnabled: (state) => (activeTabOf(state)?.redo.length ?? 0) > 0,
    run: (store) => store.getState().redo(),
  },
  {
    id: 'copy',
    title: 'Copy',
    group: 'Edit',
    shownKeys: 'mod+c',
    isEnabled: hasSteps,
    run: async (store) => navigator.clipboard.writeText(copySelection(store) ?? ''),
  },
  {
    id: 'cut',
    title: 'Cut',
    group: 'Edit',
    shownKeys: 'mod+x',
    isEnabled: hasSteps,
    async run(store) {
      await navigator.clipboard.writeText(copySelection(store) ?? '')
      deleteSelection(store, 'Cut')
    },
  },
  {
    id: 'paste',
    title: 'Paste',
    group: 'Edit',
    shownKeys: 'mod+v',
    isEnabled: (state) => activeTabOf(state) !== undefined,
    run: async (store) => pasteText(store, await navigator.clipboard.readText()),
  },
  {
    id: 'duplicate',
    title: 'Duplicate',
    group: 'Edit',
    keys: ['mod+d'],
    isEnabled: hasSteps,
    run: duplicate,
  },
  {
    id: 'delete',
    title: 'Delete',
    group: 'Edit',
    keys: ['delete', 'backspace'],
    isEnabled: (state) => state.selectedNodes.length + state.selectedEdges.length > 0,
    run: (store) => deleteSelection(store, 'Delete'),
  },
  {
    id: 'rename',
    title: 'Rename',
    group: 'Edit',
    keys: ['f2'],
    isEnabled: (state) => state.selectedNodes.length === 1,
    run: (store) => store.getState().rename(store.getState().selectedNodes[0]!),
  },
  {
    id: 'disable',
    title: 'Switch off or on',
    group: 'Edit',
    keys: ['d'],
    isEnabled: hasSteps,
    run: toggleDisabled,
  },
  {
    id: 'group',
    title: 'Group',
    group: 'Edit',
    keys: ['mod+g'],
    isEnabled: hasSteps,
    run: group,
  },
  {
    id: 'ungroup',
    title: 'Ungroup',
    group: 'Edit',
    keys: ['mod+shift+g'],
    isEnabled: (state) => selectionOf(state).groups.length > 0,
    run: ungroup,
  },
  {
    id: 'add-note',
    title: 'Add a note',
    group: 'Edit',
    keys: ['n'],
    isEnabled: (state) => activeTabOf(state) !== undefined,
    run: addNote,
  },
  {
    id: 'select-all',
    title: 'Select everything',
    group: 'Edit',
    keys: ['mod+a'],
    isEnabled: (state) => activeTabOf(state) !== undefined,
    run: selectAll,
  },
]

function searchInTheMiddle(store: AppStore): void {
  const screen = { x: window.innerWidth / 2 - 180, y: window.innerHeight / 4 }
  store.getState().searchNodes({ screen, at: null, end: null })
}

function searchBehind(store: AppStore): void {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  const node = selectionOf(state).steps[0]
  if (!document || node === undefined) return
  const port = Object.keys(descriptionOf(document, node, state.definitions)?.outputs ?? {})[0]
  if (port === undefined) return
  const [x, y] = document.layout[node] ?? [0, 0]
  state.searchNodes({
    screen: { x: window.innerWidth / 2 - 180, y: window.innerHeight / 4 },
    at: [x + 300, y + 30],
    end: { node, port, side: 'output' },
  })
}

function duplicate(store: AppStore): void {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  if (!document) return
  const text = copyText(document, selectionOf(state).steps)
  const pasted = pasteEdits({ text, document, keepInputs: true })
  if (pasted && state.applyEdits('Duplicate', pasted.edits)) state.select({ nodes: pasted.ids })
}

function toggleDisabled(store: AppStore): void {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  const { steps } = selectionOf(state)
  if (!document) return
  const disabled = steps.some((id) => document.nodes[id]!.disabled !== true) ? true : null
  const edits = steps.map((node): Edit => ({ kind: 'set-node', node, fields: { disabled } }))
  state.applyEdits(disabled ? 'Switch off' : 'Switch on', edits)
}

function group(store: AppStore): void {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  if (!document) return
  const { id, edits } = groupEdits(document, selectionOf(state).steps)
  if (!state.applyEdits('Group', edits)) return
  state.select({ nodes: [groupNodeId(id)] })
  state.rename(groupNodeId(id))
  state.canvas?.keepInSight([groupNodeId(id)])
}

function ungroup(store: AppStore): void {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  const { groups, steps } = selectionOf(state)
  if (document && state.applyEdits('Ungroup', ungroupEdits(document, groups))) state.select({ nodes: steps })
}

function linkBackOf(state: AppState) {
  const document = activeTabOf(state)?.document
  const { steps } = selectionOf(state)
  return document && steps.length === 1 ? linkBackEdits(document, steps[0]!) : null
}

function addNote(store: AppStore): void {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  if (!document) return
  const at = state.canvas?.pointer() ?? state.canvas?.middle() ?? [0, 0]
  const { id, edits } = addNoteEdits(document, at)
  if (state.applyEdits('Add a note', edits)) state.select({ nodes: [noteNodeId(id)] })
}

function selectAll(store: AppStore): void {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  if (!document) return
  const notes = Object.keys(document.notes ?? {}).map(noteNodeId)
  state.select({ nodes: [...Object.keys(document.nodes), ...notes] })
}
