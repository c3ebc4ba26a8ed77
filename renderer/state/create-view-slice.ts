import type { SliceContext } from './slice-context.ts'
import type { Theme, ViewSlice } from './view-slice.ts'

export function createViewSlice({ set, get, client }: SliceContext): ViewSlice {
  return {
    view: 'start',
    theme: 'system',
    panels: { palette: true, inspector: true, dock: false, problems: false },
    dockMaximised: false,
    isDockDismissed: false,
    overlay: null,
    dataFile: null,
    nodeSearch: null,
    renaming: null,
    closing: null,
    canvas: null,
    elsewhere: [],
    show: (view) => set({ view }),
    togglePanel: (panel, open) =>
      set(({ panels }) => {
        const isOpen = open ?? !panels[panel]
        return {
          panels: { ...panels, [panel]: isOpen },
          ...(panel === 'dock' && !isOpen && { dockMaximised: false, isDockDismissed: true }),
        }
      }),
    maximiseDock: (maximised) => set({ dockMaximised: maximised }),
    openOverlay: (overlay) => set({ overlay }),
    startFrom: (dataFile) => set({ dataFile }),
    searchNodes: (search) => set({ nodeSearch: search }),
    rename: (node) => set({ renaming: node }),
    setTheme(theme: Theme) {
      set({ theme })
      client.settings.set({ theme }).catch((error: unknown) => get().tellError(error))
    },
    async loadSettings() {
      try {
        const { settings } = await client.settings.get()
        set({ theme: settings.theme, isPreviewing: settings.livePreview })
      } catch (error) {
        get().tellError(error)
      }
    },
    askToClose: (tab) => set({ closing: tab }),
    noteElsewhere: (elsewhere) => set({ elsewhere }),
    provideCanvas: (canvas) => set({ canvas }),
  }
}
