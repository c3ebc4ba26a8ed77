import type { TreeNode } from '../../../src/contract/model-details.ts'

export interface PlacedNode {
  index: number
  node: TreeNode
  x: number
  y: number
  /** The side of its parent that it stands on; null for the root. */
  side: 'yes' | 'no' | null
  parent: PlacedNode | null
}

export interface TreeLayout {
  nodes: readonly PlacedNode[]
  /** In units of one node. */
  width: number
  height: number
  /** Whether branches were cut because they lie too deep. */
  isCut: boolean
}

/** Leaves side by side, each inner node over the middle of its branches; nothing below `deepest` levels. */
export function layOutTree(tree: readonly TreeNode[], deepest: number): TreeLayout {
  const nodes: PlacedNode[] = []
  let leaves = 0
  let height = 0
  let isCut = false
  const place = (index: number, y: number, at: Pick<PlacedNode, 'side' | 'parent'>): PlacedNode => {
    const node = tree[index]!
    const placed: PlacedNode = { index, node, x: 0, y, ...at }
    nodes.push(placed)
    height = Math.max(height, y + 1)
    const isInner = node.yes !== null && node.no !== null
    if (isInner && y + 1 < deepest) {
      const yes = place(node.yes!, y + 1, { side: 'yes', parent: placed })
      const no = place(node.no!, y + 1, { side: 'no', parent: placed })
      placed.x = (yes.x + no.x) / 2
    } else {
      isCut ||= isInner
      placed.x = leaves++
    }
    return placed
  }
  if (tree.length > 0) place(0, 0, { side: null, parent: null })
  return { nodes, width: leaves, height, isCut }
}
