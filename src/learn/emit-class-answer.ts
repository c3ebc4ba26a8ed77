import type { GraphBuilder, Value } from '../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../onnx/tensor.ts'
import { float32Threshold } from './float32-threshold.ts'

/** What turns probabilities into a label. */
export interface ClassAnswer {
  /** In the order of the probabilities. */
  classes: readonly string[]
  /** Two classes: the one that is answered from the threshold on; the last when absent. */
  positive?: string
  /** One half when absent. */
  threshold?: number
}

/**
 * The answers of a classifier from float32 [N, classes] probabilities: these, and the label, a text [N, 1]. Two
 * classes: the positive one from the threshold on. Several: the most probable, the first of equal ones.
 */
export function emitClassAnswer(
  builder: GraphBuilder,
  probabilities: Value,
  answer: ClassAnswer,
): { label: Value; probabilities: Value } {
  const code =
    answer.classes.length === 2
      ? codeByThreshold(builder, probabilities, answer)
      : builder.node('ArgMax', [probabilities], { axis: { i: 1 }, keepdims: { i: 1 } })
  const labels = builder.constant(tensor('string', [answer.classes.length], answer.classes))
  const label = builder.node('Gather', [labels, code], { axis: { i: 0 } })
  return { label: builder.declare(label, { type: 'string', width: 1 }), probabilities }
}

/** The code of the class, int64 [N, 1]. */
function codeByThreshold(builder: GraphBuilder, probabilities: Value, answer: ClassAnswer): Value {
  const { classes, positive = classes[1]!, threshold = 0.5 } = answer
  const code = classes.indexOf(positive)
  const column = builder.constant(tensor('int64', [1], [code]))
  const probability = builder.node('Gather', [probabilities, column], { axis: { i: 1 } })
  const limit = builder.constant(tensor('float32', [1, 1], [float32Threshold(threshold)]))
  const reaches = builder.node('GreaterOrEqual', [probability, limit])
  const isSecond = code === 1 ? reaches : builder.node('Not', [reaches])
  return builder.node('Cast', [isSecond], { to: { i: elementCodes.int64 } })
}
