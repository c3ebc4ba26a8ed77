import type { ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { commands } from '../commands/command-list.ts'
import { keysOf } from '../commands/command.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { MenuArea, type MenuItem } from '../ui/menu.tsx'

const onSelection = [
  ['run-to', 'run-from', 'forget-results'],
  ['add-behind', 'link-back', 'rename', 'disable'],
  ['cut', 'copy', 'paste', 'duplicate'],
  ['group', 'ungroup', 'make-subpipeline', 'enter-subpipeline', 'dissolve-subpipeline'],
  ['delete'],
]
const onNothing = [['add-node', 'add-note', 'paste'], ['select-all', 'fit', 'arrange-all'], ['run']]

/** The menu of the right button on the canvas: what can be done with what is selected. */
export function CanvasMenu({ children }: { children: ReactNode }) {
  const store = useAppStore()
  const hasSelection = useStore(
    ({ selectedNodes, selectedEdges }) => selectedNodes.length + selectedEdges.length > 0,
  )
  const enabled = useStore(
    useShallow((state) => commands.filter(({ isEnabled }) => isEnabled?.(state) ?? true).map(({ id }) => id)),
  )
  const items = (hasSelection ? onSelection : onNothing).flatMap((group) =>
    group
      .filter((id) => enabled.includes(id))
      .map((id, index): MenuItem => {
        const command = commands.find((each) => each.id === id)!
        return {
          title: command.title,
          keys: keysOf(command),
          startsGroup: index === 0 && group !== onSelection[0] && group !== onNothing[0],
          tone: id === 'delete' ? 'bad' : undefined,
          onSelect: () => void command.run(store),
        }
      }),
  )
  return (
    <MenuArea items={items}>
      <div className="flex min-h-0 flex-1">{children}</div>
    </MenuArea>
  )
}
