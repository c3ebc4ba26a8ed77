import { addNodeEdits, freePlace, placeBehind } from '../canvas/edits/add-node.ts'
import { descriptionOf } from '../canvas/edits/description-of.ts'
import { fittingPorts } from '../canvas/edits/connect.ts'
import { activeTabOf } from '../state/active.ts'
import type { NodeDescription } from '../../src/contract/nodes-contract.ts'
import type { AppStore } from '../state/create-app-store.ts'
import type { OpenEnd } from '../state/open-end.ts'

/** Adds a node behind the one that is selected, connected with it where that fits; without one in the middle. */
export function addToCanvas(store: AppStore, description: NodeDescription): void {
  const state = store.getState()
  const tab = activeTabOf(state)
  if (!tab) return
  const { document } = tab
  const { definitions } = state
  const selected = state.selectedNodes.length === 1 ? document.nodes[state.selectedNodes[0]!] : undefined
  const node = selected && state.selectedNodes[0]!
  const ends: OpenEnd[] = Object.keys(
    (node && descriptionOf(document, node, definitions)?.outputs) ?? {},
  ).map((port) => ({
    node: node!,
    port,
    side: 'output',
  }))
  const end = ends.find((each) => fittingPorts(description, { end: each, document, definitions }).length > 0)
  const at = node ? placeBehind(document, node) : freePlace(document, state.canvas?.middle() ?? [0, 0])
  const { id, edits } = addNodeEdits({ document, definitions, description, at, end })
  if (!state.applyEdits(`Add “${description.title}”`, edits)) return
  state.select({ nodes: [id] })
  state.canvas?.keepInSight([id])
}
