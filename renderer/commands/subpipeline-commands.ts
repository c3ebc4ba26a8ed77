import { freeId } from '../canvas/edits/free-id.ts'
import type { Edit } from '../../src/core/edits.ts'
import { subpipelineType } from '../../src/core/subpipeline-use.ts'
import { activeTabOf } from '../state/active.ts'
import type { AppState } from '../state/app-state.ts'
import type { AppStore } from '../state/create-app-store.ts'
import { innerPipeline } from '../state/scope.ts'
import type { Command } from './command.ts'
import { hasSteps, selectionOf } from './selection.ts'

/** The one node that is selected, where it stands for a sub-pipeline. */
function selectedSubpipeline(state: AppState): string | null {
  const document = activeTabOf(state)?.document
  const [node, ...others] = selectionOf(state).steps
  if (!document || node === undefined || others.length > 0) return null
  return document.nodes[node]!.type === subpipelineType && innerPipeline(document, node) ? node : null
}

export const subpipelineCommands: readonly Command[] = [
  {
    id: 'make-subpipeline',
    title: 'Make a sub-pipeline of the selection',
    group: 'Edit',
    keys: ['mod+shift+s'],
    isEnabled: hasSteps,
    run: make,
  },
  {
    id: 'enter-subpipeline',
    title: 'Enter the sub-pipeline',
    group: 'Edit',
    keys: ['alt+arrowdown'],
    isEnabled: (state) => selectedSubpipeline(state) !== null,
    run(store) {
      const node = selectedSubpipeline(store.getState())
      if (node !== null) store.getState().enterNode(node)
    },
  },
  {
    id: 'leave-subpipeline',
    title: 'Leave the sub-pipeline',
    group: 'Edit',
    keys: ['alt+arrowup'],
    isEnabled: (state) => (activeTabOf(state)?.scope.length ?? 0) > 0,
    run: (store) => store.getState().leaveNode(),
  },
  {
    id: 'dissolve-subpipeline',
    title: 'Dissolve the sub-pipeline',
    group: 'Edit',
    isEnabled: (state) => selectedSubpipeline(state) !== null,
    run(store) {
      const state = store.getState()
      const node = selectedSubpipeline(state)
      if (node === null) return
      if (state.applyEdits('Dissolve a sub-pipeline', [{ kind: 'dissolve-subpipeline', node }]))
        state.select({})
    },
  },
]

function make(store: AppStore): void {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  const { steps } = selectionOf(state)
  if (!document) return
  const name = freeId(
    'part',
    (wish) => Object.hasOwn(document.subpipelines ?? {}, wish) || Object.hasOwn(document.nodes, wish),
  )
  const edit: Edit = { kind: 'make-subpipeline', nodes: [...steps], id: name, subpipeline: name }
  if (!state.applyEdits('Make a sub-pipeline', [edit])) return
  state.select({ nodes: [name] })
  state.rename(name)
}
