import type { CatalogueSlice } from './catalogue-slice.ts'
import type { DocumentSlice } from './document-slice.ts'
import type { PreviewSlice } from './preview-slice.ts'
import type { RunsSlice } from './runs-slice.ts'
import type { SelectionSlice } from './selection-slice.ts'
import type { ToastSlice } from './toast-slice.ts'
import type { ViewSlice } from './view-slice.ts'

/** All that the app knows, in slices. */
export type AppState = DocumentSlice &
  SelectionSlice &
  RunsSlice &
  CatalogueSlice &
  PreviewSlice &
  ViewSlice &
  ToastSlice
