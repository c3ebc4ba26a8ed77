import type { SliceContext } from './slice-context.ts'
import type { SelectionSlice } from './selection-slice.ts'

export function createSelectionSlice({ set }: SliceContext): SelectionSlice {
  return {
    selectedNodes: [],
    selectedEdges: [],
    select: ({ nodes = [], edges = [] }) => set({ selectedNodes: nodes, selectedEdges: edges }),
  }
}
