import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../src/contract/create-client.ts'
import type { AppState } from './app-state.ts'
import { createCatalogueSlice } from './create-catalogue-slice.ts'
import { createDocumentSlice } from './create-document-slice.ts'
import { createPreviewSlice } from './create-preview-slice.ts'
import { createRunsSlice } from './create-runs-slice.ts'
import { createSelectionSlice } from './create-selection-slice.ts'
import { createToastSlice } from './create-toast-slice.ts'
import { createViewSlice } from './create-view-slice.ts'
import type { ChoosePath, SliceContext } from './slice-context.ts'

export type AppStore = StoreApi<AppState>

export function createAppStore(client: Client, choosePath: ChoosePath | null = null): AppStore {
  return createStore<AppState>()((set, get) => {
    const context: SliceContext = { set, get, client, choosePath }
    return {
      ...createDocumentSlice(context),
      ...createSelectionSlice(context),
      ...createRunsSlice(context),
      ...createCatalogueSlice(context),
      ...createPreviewSlice(context),
      ...createViewSlice(context),
      ...createToastSlice(context),
    }
  })
}
