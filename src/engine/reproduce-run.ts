import type { ErrorReport } from '../core/errors.ts'

export interface Reproduction {
  run: string
  /** True when nothing differs and nothing failed. */
  identical: boolean
  steps: readonly ReproducedStep[]
}

export type ReproducedStep =
  | {
      node: string
      kind: 'compared'
      ports: readonly { port: string; before: string; now: string; equal: boolean }[]
    }
  /** It changes something outside the pipeline, so it was not done again; what it gave is used. */
  | { node: string; kind: 'not-repeated' }
  /** It failed now, or something it needs did. */
  | { node: string; kind: 'failed'; error: ErrorReport }
  | { node: string; kind: 'not-reached' }
