import type { NodeDescription } from '../../src/contract/nodes-contract.ts'

/** The node types there are, as the host describes them. */
export interface CatalogueSlice {
  /** By id, in the order of the catalogue. Empty until it came. */
  definitions: Readonly<Record<string, NodeDescription>>
  loadCatalogue: () => Promise<void>
}
