import { z } from 'zod'
import { findingSchema } from './document.ts'
import { operation } from './operation.ts'

export const predictionsContract = {
  /**
   * Answers of a registered model for every row of a file, written to another. It is a run like any other: its events,
   * its end and its cancelling are those of `runs`.
   */
  start: operation
    .input(
      z.strictObject({
        /** `name`, `name@alias` or `name:version`. */
        model: z.string().min(1),
        /** Absolute paths. The format follows from the ending: .csv, .tsv, .jsonl, .json (reading), .parquet. */
        data: z.string(),
        output: z.string(),
        /** Where to write the rows that do not fit, if anywhere. */
        rejects: z.string().exactOptional(),
        tied: z.boolean(),
      }),
    )
    .output(
      z.discriminatedUnion('outcome', [
        z.strictObject({
          outcome: z.literal('started'),
          run: z.string(),
          model: z.string(),
          version: z.int(),
          /** Which steps of the run read the data, answer, and write the answers. */
          steps: z.strictObject({ read: z.string(), predict: z.string(), write: z.string() }),
        }),
        /** The data does not fit the model. */
        z.strictObject({ outcome: z.literal('refused'), findings: z.array(findingSchema).readonly() }),
      ]),
    ),
}
