import { readFile } from 'node:fs/promises'
import type { ForeignModelData } from '../contract/model-import.ts'
import { reasonOfFailure } from '../files/reason-of-failure.ts'
import { readForeignModel } from '../onnx/foreign/foreign-model.ts'
import { viewError } from './errors.ts'

/** Reads the head of an ONNX file; it is not run. Throws `foreign` and `onnx` errors for what cannot be imported. */
export async function foreignModel(path: string): Promise<ForeignModelData> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw viewError('unreadable-model', { path, problem: reasonOfFailure(cause) }, { cause })
  })
  const { producer, inputs, outputs } = readForeignModel(bytes)
  return {
    producer,
    inputs: inputs.map(({ name, type, width }) => ({ name, type, width })),
    outputs: outputs.map(({ name, type, classes }) => ({
      name,
      type,
      classes: classes && classes.map(String),
    })),
  }
}
