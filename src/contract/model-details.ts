import { z } from 'zod'
import { modelDataSchema } from '../core/artifacts.ts'
import { columnSketchSchema } from '../core/sketch-schema.ts'

/** A registered model (`name`, `name@alias` or `name:version`), or the hash of a model artifact. */
export const modelChoiceSchema = z.union([
  z.strictObject({ reference: z.string().min(1) }),
  z.strictObject({ artifact: z.string() }),
])
export type ModelChoice = z.infer<typeof modelChoiceSchema>

/** A raw value of a request: a text is read by the rule of its column, as a file would be. */
export const rawValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])
export type RawValue = z.infer<typeof rawValueSchema>

const treeNodeSchema = z.strictObject({
  /** Of the matrix, as `features` has them; null in a leaf. */
  feature: z.string().nullable(),
  /** Rows with a value up to it go to `yes`, or, with `isEqual`, those that have exactly it; null in a leaf. */
  threshold: z.number().nullable(),
  isEqual: z.boolean(),
  /** Where rows without a value go. */
  missing: z.enum(['yes', 'no']),
  /** Indexes of nodes; null in a leaf. */
  yes: z.int().nullable(),
  no: z.int().nullable(),
  /** What a leaf adds to the score, and to that of which class. */
  value: z.number().nullable(),
  score: z.int(),
})
export type TreeNode = z.infer<typeof treeNodeSchema>

/** The inside of a model, as far as its kind has one that people can read. */
export const modelStructureSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('trees'),
    count: z.int(),
    leaves: z.int(),
    /** The first trees, each as its nodes, the root first. */
    trees: z.array(z.array(treeNodeSchema)),
  }),
  z.strictObject({
    kind: z.literal('linear'),
    /** A list for each score: one for two classes and for numbers, else one for each class. */
    coefficients: z.array(z.array(z.number())),
    intercepts: z.array(z.number()),
  }),
])
export type ModelStructure = z.infer<typeof modelStructureSchema>

export const modelDetailsSchema = z.strictObject({
  artifact: z.string(),
  model: modelDataSchema,
  sizeBytes: z.number(),
  /** What the inputs looked like in training, for those the model knows it of. */
  inputs: z.record(z.string(), columnSketchSchema),
  structure: modelStructureSchema.nullable(),
})
export type ModelDetails = z.infer<typeof modelDetailsSchema>

export const modelAnswerSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('answered'),
    /** A class, or a number (null where it is not finite). */
    answer: z.union([z.string(), z.number(), z.null()]),
    /** In the order of the classes; null for numbers. */
    probabilities: z.array(z.strictObject({ class: z.string(), probability: z.number() })).nullable(),
    /** How long the model took, without reading the row. */
    durationMs: z.number(),
  }),
  z.strictObject({
    outcome: z.literal('refused'),
    problems: z.array(z.strictObject({ input: z.string(), message: z.string() })),
  }),
])
export type ModelAnswer = z.infer<typeof modelAnswerSchema>
