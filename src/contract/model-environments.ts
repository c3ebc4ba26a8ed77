import { z } from 'zod'
import { operation } from './operation.ts'

/** Aliases that stand for where a model is used: a version is promoted to them, and production needs a second word. */
export const environments = ['staging', 'production'] as const
export type Environment = (typeof environments)[number]

/** A version that was put forward for an environment. Times are epoch ms. */
export const promotionSchema = z.strictObject({
  number: z.int(),
  model: z.string(),
  version: z.int(),
  environment: z.enum(environments),
  /** The version that had the alias then. */
  from: z.int().nullable(),
  /** `approved`: the alias was moved. `superseded`: another version was put forward before a decision. */
  state: z.enum(['waiting', 'approved', 'rejected', 'superseded']),
  requestedBy: z.string(),
  requestNote: z.string(),
  requestedAt: z.number(),
  /** Null while it waits. */
  decidedBy: z.string().nullable(),
  decisionNote: z.string().nullable(),
  decidedAt: z.number().nullable(),
})
export type Promotion = z.infer<typeof promotionSchema>

export const modelEnvironmentsSchema = z.strictObject({
  environments: z.array(
    z.strictObject({
      environment: z.enum(environments),
      /** Which version has it. */
      version: z.int().nullable(),
      waiting: promotionSchema.nullable(),
    }),
  ),
  /** The newest first. */
  history: z.array(promotionSchema),
})
export type ModelEnvironments = z.infer<typeof modelEnvironmentsSchema>

/** Who says it; null for the user of the system. */
const who = z.string().min(1).max(200).nullable().default(null)
const note = z.string().max(10_000).default('')

const decisionSchema = z.strictObject({
  model: z.string().min(1),
  /** Refused where another one waits. Null for whichever waits. */
  version: z.int().positive().nullable().default(null),
  environment: z.enum(environments),
  who,
  note,
})
export type Decision = z.infer<typeof decisionSchema>

export const environmentOperations = {
  environments: operation.input(z.strictObject({ model: z.string().min(1) })).output(modelEnvironmentsSchema),
  /** Staging takes effect at once; production waits for `approve`. */
  promote: operation
    .input(z.strictObject({ reference: z.string().min(1), environment: z.enum(environments), who, note }))
    .output(
      z.strictObject({
        promotion: promotionSchema,
        /** What waited until then, and does not any more. */
        superseded: promotionSchema.nullable(),
      }),
    ),
  /** Moves the alias to the version that waits. */
  approve: operation.input(decisionSchema).output(z.strictObject({ promotion: promotionSchema })),
  reject: operation.input(decisionSchema).output(z.strictObject({ promotion: promotionSchema })),
}
