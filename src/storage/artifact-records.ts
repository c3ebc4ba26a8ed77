import type { ArtifactKind } from '../core/artifacts.ts'

/** An artifact as the database knows it; its data and files are in its folder. */
export interface ArtifactRecord {
  hash: string
  kind: ArtifactKind
  sizeBytes: number
  refs: readonly string[]
  /** Epoch ms. */
  createdAt: number
}

export interface ArtifactRecords {
  get(hash: string): ArtifactRecord | null
  list(): ArtifactRecord[]
  /** Number and size of all artifacts. */
  size(): { count: number; sizeBytes: number }
}
