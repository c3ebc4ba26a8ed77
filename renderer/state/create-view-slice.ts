import type { SliceContext } from './slice-context.ts'
import type { ViewSlice } from './view-slice.ts'

export function createViewSlice({ set }: SliceContext): ViewSlice {
  return {
    view: 'start',
    panels: { palette: true, inspector: true, dock: false, problems: false },
    overlay: null,
    show: (view) => set({ view }),
    togglePanel: (panel, open) =>
      set(({ panels }) => ({ panels: { ...panels, [panel]: open ?? !panels[panel] } })),
    openOverlay: (overlay) => set({ overlay }),
  }
}
