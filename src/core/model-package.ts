import { z } from 'zod'
import { modelDataSchema } from './artifacts.ts'

/** The files of a model package beside `model.json`, which holds their hashes. */
export const packedFiles = ['model.onnx', 'signature.json', 'sketch.json'] as const
export const packageIndex = 'model.json'

const packedFile = z.strictObject({ sha256: z.string(), sizeBytes: z.int() })

/** `model.json` of a model package: what the model is, and what its files hold. */
export const packageSchema = z.strictObject({
  format: z.literal(1),
  /** The model’s hash: over the graph and what the model is. */
  hash: z.string(),
  model: modelDataSchema,
  files: z.strictObject({
    'model.onnx': packedFile,
    'signature.json': packedFile,
    'sketch.json': packedFile,
  }),
})
export type ModelPackage = z.infer<typeof packageSchema>
