import { z } from 'zod'
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
        tied: z.boolean(),
      }),
    )
    .output(
      z.strictObject({
        run: z.string(),
        model: z.string(),
        version: z.int(),
        /** Where the outcome stands among the steps of the run. */
        steps: z.strictObject({ read: z.string(), predict: z.string(), write: z.string() }),
      }),
    ),
}
