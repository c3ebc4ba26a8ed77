import { ruleOutput } from '../core/answer-names.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { learnError } from './errors.ts'
import { emitClassAnswer, type ClassAnswer } from './emit-class-answer.ts'

/**
 * A classifier of two classes with another threshold: the label is made anew from the probabilities, all else stays as
 * it is, bit for bit. `bytes` is a model with the answers `label` and `probabilities`, in that order.
 */
export function rethreshold(bytes: Uint8Array, answer: ClassAnswer & { threshold: number }): Uint8Array {
  const { builder, answers } = GraphBuilder.extend(bytes)
  if (ruleOutput in answers) throw learnError('behind-rules')
  const { probabilities } = answers
  if (probabilities === undefined) throw new TypeError('the model has no answer “probabilities”')
  const made = emitClassAnswer(builder, probabilities, answer)
  for (const name of Object.keys(answers))
    builder.output(name, name === 'label' ? made.label : answers[name]!)
  return builder.toModel()
}
