import { arrangeEdits, type Arrangement } from '../canvas/edits/arrange.ts'
import { descriptionOf } from '../canvas/edits/description-of.ts'
import { geometryOf, nodeWidth } from '../canvas/flow/node-geometry.ts'
import { placesOf } from '../canvas/flow/places.ts'
import { activeTabOf } from '../state/active.ts'
import type { AppStore } from '../state/create-app-store.ts'
import { arrangeAll } from './arrange-all.ts'
import type { Command } from './command.ts'
import { selectionOf } from './selection.ts'

const titles: Readonly<Record<Arrangement, string>> = {
  left: 'Align left edges',
  centre: 'Align centres',
  right: 'Align right edges',
  top: 'Align upper edges',
  middle: 'Align middles',
  bottom: 'Align lower edges',
  across: 'Space out evenly across',
  down: 'Space out evenly down',
}

export const arrangeCommands: readonly Command[] = [
  {
    id: 'arrange-all',
    title: 'Arrange all nodes',
    group: 'Arrange',
    keys: ['shift+l'],
    isEnabled: (state) => activeTabOf(state) !== undefined,
    run: arrangeAll,
  },
  ...(Object.keys(titles) as Arrangement[]).map((arrangement): Command => ({
    id: `align-${arrangement}`,
    title: titles[arrangement],
    group: 'Arrange',
    isEnabled: (state) =>
      selectionOf(state).steps.length > (arrangement === 'across' || arrangement === 'down' ? 2 : 1),
    run: (store) => arrange(store, arrangement),
  })),
]

function arrange(store: AppStore, arrangement: Arrangement): void {
  const state = store.getState()
  const document = activeTabOf(state)?.document
  if (!document) return
  const places = placesOf(document)
  const boxes = selectionOf(state).steps.map((id) => {
    const [x, y] = places.get(id)!
    const { height } = geometryOf(descriptionOf(document, id, state.definitions))
    return { id, x, y, width: nodeWidth, height }
  })
  state.applyEdits(titles[arrangement], arrangeEdits(boxes, arrangement))
}
