import { meaningOf } from '../canvas/flow/flow-types.ts'
import { activeTabOf } from '../state/active.ts'
import type { AppState } from '../state/app-state.ts'

/** What is selected, by what it is; a group stands for its members where only those can be meant. */
export interface Selection {
  steps: readonly string[]
  groups: readonly string[]
  notes: readonly string[]
  edges: readonly string[]
}

export function selectionOf(state: AppState): Selection {
  const document = activeTabOf(state)?.document
  const steps = new Set<string>()
  const groups: string[] = []
  const notes: string[] = []
  for (const node of state.selectedNodes) {
    const { kind, id } = meaningOf(node)
    if (kind === 'note' && document?.notes?.[id]) notes.push(id)
    else if (kind === 'group' && document?.groups?.[id]) {
      groups.push(id)
      for (const member of document.groups[id].nodes) steps.add(member)
    } else if (document?.nodes[id]) steps.add(id)
  }
  const edges = state.selectedEdges.filter((edge) => document?.edges.includes(edge))
  return { steps: [...steps].filter((id) => document?.nodes[id]), groups, notes, edges }
}

export const hasSteps = (state: AppState): boolean => selectionOf(state).steps.length > 0
