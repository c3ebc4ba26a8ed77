import { ruleOutput } from '../core/answer-names.ts'
import type { ModelData, StartColumn } from '../core/artifacts.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { TypedExpression } from '../core/expression/typed-expression.ts'
import { GraphBuilder, type Value } from '../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../onnx/tensor.ts'
import { emitExpression } from './emit-expression.ts'

/** The model’s own answer, and how probable it finds it, as a rule may name them. */
export const answerColumn = 'prediction'
export const probabilityColumn = 'probability'

/** Where the condition holds, the answer is another. A missing value does not make it hold. */
export interface AnswerRule {
  name: string
  when: TypedExpression
  /** A class, or how an amount is computed. */
  answer: string | TypedExpression
}

/**
 * A model whose answers rules can override: of several that apply, the first one speaks. Probabilities stay those of the
 * model. Columns that only rules need become inputs.
 */
export function addRules(
  { bytes, data }: { bytes: Uint8Array; data: ModelData },
  { rules, startColumns }: { rules: readonly AnswerRule[]; startColumns: readonly StartColumn[] },
): { bytes: Uint8Array; data: ModelData } {
  const { builder, answers } = GraphBuilder.extend(bytes)
  const own = data.task === 'regression' ? 'value' : 'label'
  const column = columnFinder(builder, { answers, data, startColumns })
  let answer = answers[own]!
  let spoken = text(builder, '')
  for (const { name, when, answer: other } of rules.toReversed()) {
    const applies = builder.node('Equal', [emitExpression(builder, when, column), number(builder, 1)])
    const given = typeof other === 'string' ? text(builder, other) : emitExpression(builder, other, column)
    answer = builder.node('Where', [applies, given, answer])
    spoken = builder.node('Where', [applies, text(builder, name), spoken])
  }
  for (const [name, value] of Object.entries(answers)) builder.output(name, name === own ? answer : value)
  builder.output(ruleOutput, builder.declare(spoken, { type: 'string', width: 1 }))
  const needed = new Set(builder.neededInputs())
  const known = [...data.signature.inputs, ...startColumns]
  const signature = {
    inputs: [...needed].map((name) => known.find((each) => each.name === name)!),
    outputs: [...data.signature.outputs, { name: ruleOutput, type: 'text' as const, width: 1 }],
  }
  return {
    bytes: builder.toModel({ 'pipewright.signature': canonicalJson(signature) }),
    data: { ...data, signature },
  }
}

function columnFinder(
  builder: GraphBuilder,
  from: { answers: Readonly<Record<string, Value>>; data: ModelData; startColumns: readonly StartColumn[] },
): (name: string) => Value {
  const { answers, data, startColumns } = from
  return (name) => {
    if (name === answerColumn) return answers[data.task === 'regression' ? 'value' : 'label']!
    if (name === probabilityColumn) return probability(builder, answers['probabilities']!, data.target)
    const { type } = startColumns.find((column) => column.name === name)!
    return builder.input(name, type === 'text' ? 'string' : 'float64')
  }
}

/** Of the positive class where there are two, of the most probable one where there are more: float64 [N, 1]. */
function probability(
  builder: GraphBuilder,
  probabilities: Value,
  { classes = [], positive }: ModelData['target'],
): Value {
  const own =
    positive === undefined
      ? builder.node('ReduceMax', [probabilities, builder.constant(tensor('int64', [1], [1]))], {
          keepdims: { i: 1 },
        })
      : builder.node(
          'Gather',
          [probabilities, builder.constant(tensor('int64', [1], [classes.indexOf(positive)]))],
          { axis: { i: 1 } },
        )
  builder.declare(own, { type: 'float32', width: 1 })
  return builder.node('Cast', [own], { to: { i: elementCodes.float64 } })
}

const number = (builder: GraphBuilder, value: number): Value =>
  builder.constant(tensor('float64', [1, 1], [value]))
const text = (builder: GraphBuilder, value: string): Value =>
  builder.constant(tensor('string', [1, 1], [value]))
