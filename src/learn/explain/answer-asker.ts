import type { ModelData } from '../../core/artifacts.ts'
import type { OnnxSession } from '../../onnx/session.ts'
import type { AskRows } from './sampled-shapley.ts'

/** Asks a model for the probability of a class, given by its code, or for an amount. */
export function answerAsker(session: OnnxSession, { target }: ModelData, classCode: number): AskRows {
  const { classes } = target
  return async (columns, rows) => {
    if (!classes) return (await session.run({ rows, columns }, ['value']))['value'] as Float64Array
    const { probabilities } = await session.run({ rows, columns }, ['probabilities'])
    return Float64Array.from(
      { length: rows },
      (_, row) => (probabilities as Float32Array)[row * classes.length + classCode]!,
    )
  }
}
