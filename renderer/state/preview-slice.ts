import type { PreviewedStepData } from '../../src/contract/pipelines-contract.ts'

/** What steps give for a sample of the data, by the ids that they have in the file. */
export type PreviewedSteps = Readonly<Record<string, PreviewedStepData>>

/** Previews of what an edit changed, before anything ran. */
export interface PreviewSlice {
  /** By tab. */
  previews: Readonly<Record<string, PreviewedSteps>>
  isPreviewing: boolean
  notePreview: (tab: string, steps: PreviewedSteps) => void
  /** Lets steps be previewed after each edit, or not, and keeps that in the settings. */
  setPreviewing: (on: boolean) => void
}
