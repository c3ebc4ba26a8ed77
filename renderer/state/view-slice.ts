export type View = 'start' | 'pipeline' | 'runs' | 'models'

/** What is shown where. */
export interface ViewSlice {
  view: View
  /** The parts around the canvas. */
  panels: { palette: boolean; inspector: boolean; dock: boolean; problems: boolean }
  /** The dialog that is open over everything, if any. */
  overlay: 'commands' | 'shortcuts' | null
  show: (view: View) => void
  togglePanel: (panel: keyof ViewSlice['panels'], open?: boolean) => void
  openOverlay: (overlay: ViewSlice['overlay']) => void
}
