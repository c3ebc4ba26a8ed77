import type { SliceContext } from './slice-context.ts'
import type { CatalogueSlice } from './catalogue-slice.ts'

export function createCatalogueSlice({ set, get, client }: SliceContext): CatalogueSlice {
  return {
    definitions: {},
    async loadCatalogue() {
      try {
        const { nodes } = await client.nodes.catalogue()
        set({ definitions: Object.fromEntries(nodes.map((node) => [node.id, node])) })
      } catch (error) {
        get().tellError(error)
      }
    },
  }
}
