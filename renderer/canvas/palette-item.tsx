import { memo } from 'react'
import type { NodeDescription } from '../../src/contract/nodes-contract.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { NodeIcon } from './node-icon.tsx'
import { draggedNodeType } from './palette-drag.ts'

interface PaletteItemProps {
  node: NodeDescription
  /** The list is one stop of the Tab key; arrow keys go from item to item. */
  isTabStop: boolean
  onAdd: (node: NodeDescription) => void
}

export const PaletteItem = memo(function PaletteItem({ node, isTabStop, onAdd }: PaletteItemProps) {
  return (
    <Tooltip text={node.summary} side="right">
      <button
        type="button"
        draggable
        tabIndex={isTabStop ? 0 : -1}
        className="flex h-8 w-full cursor-grab items-center gap-2 rounded-md px-1 text-left text-sm hover:bg-hover active:cursor-grabbing"
        onDragStart={(event) => {
          event.dataTransfer.setData(draggedNodeType, node.id)
          event.dataTransfer.effectAllowed = 'copy'
        }}
        onClick={() => onAdd(node)}
      >
        <NodeIcon type={node.id} size={13} />
        <span className="truncate">{node.title}</span>
      </button>
    </Tooltip>
  )
})
