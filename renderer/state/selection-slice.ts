/** What is selected on the canvas of the active tab. */
export interface SelectionSlice {
  selectedNodes: readonly string[]
  /** As they stand in the file. */
  selectedEdges: readonly string[]
  select: (selection: { nodes?: readonly string[]; edges?: readonly string[] }) => void
}
