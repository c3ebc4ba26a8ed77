import { z } from 'zod'
import { modelChoiceSchema, rawValueSchema } from './model-details.ts'
import { refusedRowSchema } from './model-explanation.ts'

/** What the answer should be instead: another class, or an amount beyond a bound. */
export const wantedAnswerSchema = z.union([
  z.strictObject({ class: z.string() }),
  /** Any class but the one that is answered. */
  z.strictObject({ class: z.null() }),
  z.strictObject({ atLeast: z.number() }),
  z.strictObject({ atMost: z.number() }),
])
export type WantedAnswer = z.infer<typeof wantedAnswerSchema>

export const counterfactualRequestSchema = z.strictObject({
  model: modelChoiceSchema,
  row: z.record(z.string(), rawValueSchema),
  /** Classes: any other one when absent. Amounts need a bound. */
  wanted: wantedAnswerSchema.exactOptional(),
  /** The columns that may change; all when absent. */
  columns: z.array(z.string()).exactOptional(),
  /** The most columns that change at once. */
  mostChanges: z.int().min(1).max(5),
})
export type CounterfactualRequest = z.infer<typeof counterfactualRequestSchema>

const counterfactualSchema = z.strictObject({
  changes: z.array(z.strictObject({ column: z.string(), from: rawValueSchema, to: rawValueSchema })),
  /** In standard deviations of the train rows; another text counts 1. */
  distance: z.number(),
  answer: z.union([z.string(), z.number(), z.null()]),
  probabilities: z.array(z.strictObject({ class: z.string(), probability: z.number() })).nullable(),
})
export type CounterfactualData = z.infer<typeof counterfactualSchema>

export const counterfactualsSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('searched'),
    /** Of the row as it is. */
    answer: z.union([z.string(), z.number(), z.null()]),
    wanted: wantedAnswerSchema,
    /** Whether the row has a wanted answer as it is: then nothing is looked for. */
    isReached: z.boolean(),
    /** The smallest first: as few columns as possible, then the least distance. */
    found: z.array(counterfactualSchema),
    /** Where none was found: what came nearest. */
    closest: counterfactualSchema.nullable(),
  }),
  refusedRowSchema,
])
export type Counterfactuals = z.infer<typeof counterfactualsSchema>
