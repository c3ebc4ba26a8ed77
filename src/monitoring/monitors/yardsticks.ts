import { readFile } from 'node:fs/promises'
import type { MonitorSpec } from '../../core/monitor.ts'
import { calibrationOf } from './expected-accuracy.ts'
import type { Yardstick } from './measure-window.ts'
import { measureQuality, type AnswerKind } from './measure-quality.ts'
import { referenceOf } from './reference.ts'
import { sampleFile } from './sample-file.ts'
import type { ReferenceFacts, WatchedDeployment } from './watch-messages.ts'
import { whyUnwatched } from './watched-columns.ts'

export interface KnownYardstick extends Yardstick {
  /** The table that the model learned from. */
  table: string | null
}

/** What models are measured against, by the hashes of their artifacts. */
export interface Yardsticks {
  /** Null while there is no sample of it. */
  of(
    artifact: string,
    deployment: Pick<WatchedDeployment, 'samples' | 'without'>,
  ): Promise<KnownYardstick | null>
}

export function createYardsticks(): Yardsticks {
  const known = new Map<string, KnownYardstick>()
  return {
    async of(artifact, { samples, without }) {
      const found = known.get(artifact)
      if (found) return found
      const none = without[artifact]
      if (none)
        return { kind: kindOf(none.target), reference: null, calibration: null, quality: [], table: null }
      const text = await readFile(sampleFile(samples, artifact), 'utf8').catch(
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return null
          throw error
        },
      )
      if (text === null) return null
      const { reference, sample } = referenceOf(text)
      const kind = kindOf(sample.target)
      const made = {
        kind,
        reference,
        table: sample.table,
        calibration: calibrationOf(reference, kind),
        quality: reference.isHeldOut ? measureQuality(reference.heldOut, reference.truths, kind) : [],
      }
      known.set(artifact, made)
      return made
    },
  }
}

function kindOf({
  classes,
  positive,
}: {
  classes: readonly string[] | null
  positive: string | null
}): AnswerKind {
  const isBinary = classes?.length === 2
  return { classes, positive: isBinary ? classes.indexOf(positive ?? classes[1]!) : null }
}

export function factsOf(
  { reference, table, quality, calibration }: KnownYardstick,
  spec: MonitorSpec,
): ReferenceFacts | null {
  if (!reference) return null
  return {
    table,
    rows: reference.trainedRows,
    heldOut: reference.heldOut.rows,
    isHeldOut: reference.isHeldOut,
    quality,
    calibration,
    columns: [...reference.columns].map(([name, { type, missing }]) => ({
      name,
      type,
      missing,
      reason: whyUnwatched(name, spec, reference),
    })),
  }
}
