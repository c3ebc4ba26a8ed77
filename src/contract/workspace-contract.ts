import { z } from 'zod'
import { operation } from './operation.ts'

const amount = z.strictObject({ count: z.int(), sizeBytes: z.number() })

export const workspaceContract = {
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
