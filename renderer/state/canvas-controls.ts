import type { Position } from '../../src/core/pipeline.ts'

/** What can be asked of the canvas on screen; places are those of the pipeline’s layout. */
export interface CanvasControls {
  fit: () => void
  zoomIn: () => void
  zoomOut: () => void
  /** Brings nodes into sight, and the focus to the first of them. */
  reveal: (nodes: readonly string[]) => void
  /** Moves the canvas no more than it must for nodes that were just added to be seen. */
  keepInSight: (nodes: readonly string[]) => void
  /** In the middle of what is seen. */
  middle: () => Position
  /** Where the pointer was last, if it was over the canvas. */
  pointer: () => Position | null
  /** Moves the focus to a node, or to the first. */
  focus: (node?: string) => void
}
