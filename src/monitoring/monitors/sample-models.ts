import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { SampledModel } from '../../contract/model-sample.ts'
import { PipewrightError } from '../../core/errors.ts'
import { sampleFile } from './sample-file.ts'

/** Samples of the rows that models learned from: made once, where the table is there. */
export interface ModelSamples {
  readonly folder: string
  /** Models of which there is none to be had. */
  readonly without: Readonly<Record<string, SampledModel & { outcome: 'none' }>>
  make(artifacts: readonly string[]): Promise<void>
  /** Those of models that are not in the store any more. */
  forget(isStored: (artifact: string) => boolean): Promise<void>
}

export function createModelSamples(
  folder: string,
  sample: (request: { artifact: string; file: string }) => Promise<SampledModel>,
): ModelSamples {
  const without: Record<string, SampledModel & { outcome: 'none' }> = {}
  return {
    folder,
    without,
    async make(artifacts) {
      await mkdir(folder, { recursive: true })
      for (const artifact of new Set(artifacts)) {
        const made = await sample({ artifact, file: sampleFile(folder, artifact) }).catch(
          (error: unknown) => {
            // The model itself is gone, or its table cannot be read: its answers are measured all the same.
            if (error instanceof PipewrightError) return unknownModel
            throw error
          },
        )
        if (made.outcome === 'none') without[artifact] = made
      }
    },
    async forget(isStored) {
      for (const name of await readdir(folder).catch(() => []))
        if (!isStored(name.replace(/\.json$/, ''))) await rm(join(folder, name), { force: true })
    },
  }
}

const unknownModel = {
  outcome: 'none',
  reason: 'no-table',
  target: { classes: null, positive: null },
} as const satisfies SampledModel

export const reasonsWithoutSample: Readonly<Record<(SampledModel & { outcome: 'none' })['reason'], string>> =
  {
    'no-table':
      'The table that the model learned from is not in this workspace: there is nothing to compare with.',
    'no-rows': 'The table that the model learned from has no rows: there is nothing to compare with.',
    'other-columns':
      'The table that the model learned from has other columns: there is nothing to compare with.',
  }
