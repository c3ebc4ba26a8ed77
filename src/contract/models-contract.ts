import { z } from 'zod'
import { modelDataSchema } from '../core/artifacts.ts'
import { modelAnswerSchema, modelChoiceSchema, modelDetailsSchema, rawValueSchema } from './model-details.ts'
import { counterfactualRequestSchema, counterfactualsSchema } from './model-counterfactuals.ts'
import { explainRowSchema, modelExplanationSchema } from './model-explanation.ts'
import { environmentOperations } from './model-environments.ts'
import { modelCardSchema } from './model-card.ts'
import { foreignModelSchema, importRequestSchema, importStartSchema } from './model-import.ts'
import { operation } from './operation.ts'

/** One version in the registry. Times are epoch ms. */
export const modelVersionSchema = z.strictObject({
  model: z.string(),
  version: z.int(),
  artifact: z.string(),
  aliases: z.array(z.string()).readonly(),
  runId: z.string().nullable(),
  metrics: z.record(z.string(), z.number()),
  description: z.string(),
  createdAt: z.number(),
})
export type ModelVersionData = z.infer<typeof modelVersionSchema>

export const registeredModelSchema = z.strictObject({
  name: z.string(),
  createdAt: z.number(),
  latest: modelVersionSchema,
  aliases: z.record(z.string(), z.int()),
})

export const aliasChangeSchema = z.strictObject({
  alias: z.string(),
  from: z.int().nullable(),
  to: z.int().nullable(),
  at: z.number(),
})

/** `name`, `name@alias` or `name:version`. */
const reference = z.string().min(1)
/** An absolute path: new or empty. */
const exportFolder = z.string().min(1)

export const modelsContract = {
  list: operation.output(z.strictObject({ models: z.array(registeredModelSchema) })),
  /** Without a model when its artifact is no longer in the store, without a pipeline when no run registered it. */
  show: operation.input(z.strictObject({ reference })).output(
    z.strictObject({
      registered: registeredModelSchema,
      version: modelVersionSchema,
      versions: z.array(modelVersionSchema),
      aliasHistory: z.array(aliasChangeSchema),
      model: modelDataSchema.nullable(),
      /** The canonical text of the pipeline that made the version, and the values its parameters had. */
      pipeline: z.strictObject({ text: z.string(), parameters: z.record(z.string(), z.string()) }).nullable(),
    }),
  ),
  /** A model with what can be told of its inside, registered or not. */
  details: operation.input(modelChoiceSchema).output(modelDetailsSchema),
  /** What a model answers for one raw row: texts are read by the rules of its columns. What is left out is null. */
  answer: operation
    .input(z.strictObject({ model: modelChoiceSchema, row: z.record(z.string(), rawValueSchema) }))
    .output(modelAnswerSchema),
  /** What each column of one raw row adds to the answer. */
  explain: operation.input(explainRowSchema).output(modelExplanationSchema),
  /** The smallest changes of one raw row that make the model answer otherwise. */
  counterfactuals: operation.input(counterfactualRequestSchema).output(counterfactualsSchema),
  /** What a registered model is, where it comes from, how good it is, and where it may fail. */
  card: operation.input(z.strictObject({ reference })).output(modelCardSchema),
  /** What an ONNX file in an allowed folder takes and gives, so that its columns can be named. */
  inspect: operation.input(z.strictObject({ path: z.string() })).output(foreignModelSchema),
  /** Takes in an ONNX model that something else trained, and registers it. */
  import: operation.input(importRequestSchema).output(importStartSchema),
  /** Writes what a larger fleet needs to serve a model into a folder. Gives the files by their paths within it. */
  export: operation
    .input(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('kserve'),
          reference,
          folder: exportFolder,
          /** Where KServe will find the model repository. */
          storageUri: z.string().min(1),
        }),
        z.strictObject({ kind: z.literal('docker'), reference, folder: exportFolder }),
      ]),
    )
    .output(z.strictObject({ model: z.string(), version: z.int(), files: z.array(z.string()) })),
  /** Gives the version that a reference means another name, taking it from the version that had it. */
  setAlias: operation
    .input(z.strictObject({ reference, alias: z.string() }))
    .output(z.strictObject({ version: modelVersionSchema })),
  ...environmentOperations,
  removeAlias: operation
    .input(z.strictObject({ model: z.string(), alias: z.string() }))
    .output(z.strictObject({})),
}
