import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { operation } from './operation.ts'
import { workspaceEventSchema } from './workspace-event.ts'

const amount = z.strictObject({ count: z.int(), sizeBytes: z.number() })

export const workspaceContract = {
  /** What happens from now on, until the reader ends it. */
  events: operation.output(eventIterator(workspaceEventSchema)),
  /** Writes a file for a report of a problem: versions, settings, how runs ended. No data, no names, no secrets. */
  diagnostics: operation.output(z.strictObject({ path: z.string() })),
  info: operation.output(
    z.strictObject({
      folder: z.string(),
      /** Of the process that works on it. */
      hostPid: z.int(),
      version: z.string(),
      artifacts: amount,
    }),
  ),
  /** Removes results that nothing needs any more; with `verify` also those whose files are damaged. */
  gc: operation
    .input(z.strictObject({ dryRun: z.boolean(), verify: z.boolean(), keepRuns: z.int().min(0) }))
    .output(
      z.strictObject({
        removed: amount,
        kept: amount,
        /** Null when nothing was verified. */
        verified: z
          .strictObject({
            checked: z.int(),
            damaged: z.array(z.strictObject({ hash: z.string(), file: z.string() })),
          })
          .nullable(),
      }),
    ),
}
