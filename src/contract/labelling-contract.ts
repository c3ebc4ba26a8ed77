import { z } from 'zod'
import { labellingFunctionsSchema } from '../core/labelling-function.ts'
import { cellSchema } from './cell.ts'
import { operation } from './operation.ts'

const deployment = z.string().min(1).max(100)

/** What makes a row worth a look; null where that cannot be said. */
const reasonsSchema = z.strictObject({
  /** How near it was to another answer: 0 is sure, 1 undecided. */
  uncertainty: z.number().nullable(),
  /** By how much the shadow answers otherwise, from 0 to 1, and what it says. */
  disagreement: z
    .strictObject({
      score: z.number(),
      version: z.string(),
      answer: z.union([z.string(), z.number(), z.null()]),
    })
    .nullable(),
  /** How rare its values were in training (mean surprise in nats), and which is the rarest. */
  novelty: z.strictObject({ score: z.number(), column: z.string() }).nullable(),
})
export type LabellingReasons = z.infer<typeof reasonsSchema>

export const rankings = ['uncertainty', 'disagreement', 'novelty'] as const
export type Ranking = (typeof rankings)[number]

const queuedRowSchema = z.strictObject({
  predictionId: z.string(),
  /** Epoch ms. */
  at: z.number(),
  model: z.string(),
  version: z.int(),
  /** As the log shows them. */
  inputs: z.record(z.string(), cellSchema),
  answer: z.union([z.string(), z.number(), z.null()]),
  probabilities: z.array(z.strictObject({ class: z.string(), probability: z.number() })).nullable(),
  /** Of two classes: from which probability on the one is answered; null of other targets. */
  decision: z.strictObject({ class: z.string(), threshold: z.number() }).nullable(),
  reasons: reasonsSchema,
})
export type QueuedRow = z.infer<typeof queuedRowSchema>

export const labellingQueueSchema = z.strictObject({
  target: z.strictObject({
    name: z.string(),
    /** In the order of the probabilities; null where the target is a number. */
    classes: z.array(z.string()).nullable(),
  }),
  /** The versions that answer as shadows, as `MODEL:VERSION`. */
  shadows: z.array(z.string()),
  /** Of the newest answers that were looked at, and how many of them have a label. */
  looked: z.int(),
  labelled: z.int(),
  rows: z.array(queuedRowSchema),
})
export type LabellingQueue = z.infer<typeof labellingQueueSchema>

/** How a file says which answers its labels are for. */
const matchSchema = z.discriminatedUnion('kind', [
  /** By a column with ids of predictions. */
  z.strictObject({ kind: z.literal('id'), column: z.string() }),
  /** By a column with ids of requests, as their callers gave them: all rows of the request are meant, or of the newest. */
  z.strictObject({
    kind: z.literal('request'),
    column: z.string(),
    meant: z.enum(['all', 'newest']).default('all'),
  }),
  /** By columns with the values that the model was asked with: all answers with the same values are meant, or the newest. */
  z.strictObject({
    kind: z.literal('keys'),
    columns: z.array(z.string()).min(1).max(20),
    meant: z.enum(['all', 'newest']).default('all'),
  }),
])
export type LabelMatch = z.infer<typeof matchSchema>

export const labelImportSchema = z.strictObject({
  /** Rows of the file. */
  rows: z.int(),
  /** Rows whose label was taken, and the answers that it was taken for. */
  taken: z.int(),
  answers: z.int(),
  /** Rows that were not, by the reason, and the first of them; rows count from 1, without the head. */
  left: z.array(z.strictObject({ reason: z.string(), rows: z.int() })),
  first: z.array(
    z.strictObject({ row: z.int(), reason: z.string(), values: z.record(z.string(), z.string()) }),
  ),
})
export type LabelImport = z.infer<typeof labelImportSchema>

/** What a function does among the others. */
const functionStatisticsSchema = z.strictObject({
  name: z.string(),
  /** Why it cannot vote. */
  problem: z.string().nullable(),
  /** Shares of all rows: it votes; it and another vote; it and another vote for different labels. */
  coverage: z.number(),
  overlap: z.number(),
  conflict: z.number(),
  /** How often its votes are right, as the label model has it; null where it never votes, or that does not follow. */
  accuracy: z.number().nullable(),
  /** Of its votes on rows whose truth is known. */
  known: z.strictObject({ right: z.int(), votes: z.int() }),
  labels: z.array(z.strictObject({ label: z.string(), votes: z.int() })),
})
export type FunctionStatistics = z.infer<typeof functionStatisticsSchema>

export const votesSchema = z.strictObject({
  /** Rows that were looked at, and those on which a function voted. */
  rows: z.int(),
  voted: z.int(),
  /**
   * Whether it follows how right functions are: from three of them that vote on rows that others vote on, too, or from 50 rows
   * with a truth.
   */
  isIdentified: z.boolean(),
  functions: z.array(functionStatisticsSchema),
  /** Rows without a label by how sure the label model is: with at least this probability. */
  sure: z.array(z.strictObject({ atLeast: z.number(), rows: z.int() })),
  /** Of rows whose truth is known and that were voted on: how many the label model has right. */
  known: z.strictObject({ right: z.int(), rows: z.int() }),
})
export type Votes = z.infer<typeof votesSchema>

/** The newest answers that are looked at. */
const newest = z.int().min(1).max(100_000).default(5_000)

export const labellingContract = {
  /** Rows without a label, those first that teach most. */
  queue: operation
    .input(
      z.strictObject({
        deployment,
        rankBy: z.enum(rankings).default('uncertainty'),
        limit: z.int().min(1).max(200).default(50),
        newest,
      }),
    )
    .output(labellingQueueSchema),
  /** Labels out of a CSV or Parquet file. Rows that match nothing are told, and written to `leftPath` where there is one. */
  import: operation
    .input(
      z.strictObject({
        deployment,
        path: z.string().min(1),
        match: matchSchema,
        /** The column with the labels. */
        label: z.string(),
        source: z.string().max(200).default('import'),
        leftPath: z.string().nullable().default(null),
      }),
    )
    .output(labelImportSchema),
  functions: operation.input(z.strictObject({ deployment })).output(
    z.strictObject({
      functions: labellingFunctionsSchema,
      /** What expressions may use. */
      columns: z.array(z.strictObject({ name: z.string(), type: z.string() })),
    }),
  ),
  keepFunctions: operation
    .input(z.strictObject({ deployment, functions: labellingFunctionsSchema }))
    .output(z.strictObject({})),
  /** Lets functions vote: those given, or those kept. */
  vote: operation
    .input(
      z.strictObject({ deployment, functions: labellingFunctionsSchema.nullable().default(null), newest }),
    )
    .output(votesSchema),
  /** Takes the labels that the kept functions are sure enough of, for rows without one. */
  takeVotes: operation
    .input(z.strictObject({ deployment, atLeast: z.number().gt(0.5).max(1).default(0.9), newest }))
    .output(z.strictObject({ accepted: z.int(), refused: z.int() })),
}
