import type { PreviewSlice } from './preview-slice.ts'
import type { SliceContext } from './slice-context.ts'

export function createPreviewSlice({ set, get, client }: SliceContext): PreviewSlice {
  return {
    previews: {},
    isPreviewing: true,
    notePreview: (tab, steps) => set(({ previews }) => ({ previews: { ...previews, [tab]: steps } })),
    setPreviewing(on) {
      set({ isPreviewing: on, ...(!on && { previews: {} }) })
      client.settings.set({ livePreview: on }).catch((error: unknown) => get().tellError(error))
    },
  }
}
