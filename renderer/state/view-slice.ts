import type { Position } from '../../src/core/pipeline.ts'
import type { CanvasControls } from './canvas-controls.ts'
import type { OpenEnd } from './open-end.ts'

export type View = 'start' | 'pipeline' | 'runs' | 'models' | 'serving' | 'monitoring'
export type Theme = 'system' | 'light' | 'dark'

/** A list of node types to add one of, or of ports to connect to. */
export interface NodeSearch {
  /** On screen, of its upper left corner. */
  screen: { x: number; y: number }
  /** Where the new node goes; null for a free place beside the selection, connected with it where that fits. */
  at: Position | null
  /** Only what fits this port, and connected with it. */
  end: OpenEnd | null
}

/** What is shown where. */
export interface ViewSlice {
  view: View
  theme: Theme
  /** The parts around the canvas. */
  panels: Readonly<Record<'palette' | 'inspector' | 'dock' | 'problems', boolean>>
  dockMaximised: boolean
  /** The user has closed the results: they do not open by themselves any more. */
  isDockDismissed: boolean
  /** The dialog that is open over everything, if any. */
  overlay: 'commands' | 'shortcuts' | 'open' | 'settings' | 'about' | null
  /** The data file that a pipeline is to be drawn for, while it is asked what to predict. */
  dataFile: string | null
  nodeSearch: NodeSearch | null
  /** The node or group whose title is being typed, by its id on the canvas. */
  renaming: string | null
  /** The tab that shall be closed although it holds what its file does not. */
  closing: string | null
  canvas: CanvasControls | null
  /** Files that other windows of this browser have open. */
  elsewhere: readonly string[]
  show: (view: View) => void
  togglePanel: (panel: keyof ViewSlice['panels'], open?: boolean) => void
  maximiseDock: (maximised: boolean) => void
  openOverlay: (overlay: ViewSlice['overlay']) => void
  startFrom: (dataFile: string | null) => void
  searchNodes: (search: NodeSearch | null) => void
  rename: (node: string | null) => void
  /** Shows a theme from now on, and keeps it in the settings. */
  setTheme: (theme: Theme) => void
  loadSettings: () => Promise<void>
  askToClose: (tab: string | null) => void
  noteElsewhere: (paths: readonly string[]) => void
  provideCanvas: (canvas: CanvasControls | null) => void
}
