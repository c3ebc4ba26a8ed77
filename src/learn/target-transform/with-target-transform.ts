import { tensor } from '../../onnx/tensor.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import type { Learner } from '../learner.ts'
import { choosePower, restoreValue, transformTarget, type TargetTransform } from './target-transform.ts'

export interface TransformedModel<Model> {
  model: Model
  /** Null where the target stays what it is, as classes do. */
  power: number | null
}

/** A learner that learns amounts transformed and answers with amounts; its loss is that of transformed ones. */
export function withTargetTransform<Params, Model>(
  learner: Learner<Params, Model>,
  transform: TargetTransform,
): Learner<Params, TransformedModel<Model>> {
  return {
    ...learner,
    async fit(table, params, run) {
      const { target } = table
      const power = target.task === 'regression' ? choosePower(target, transform) : null
      const learned = target.task === 'regression' && power !== null ? transformTarget(target, power) : target
      const fitted = await learner.fit({ ...table, target: learned }, params, run)
      return { ...fitted, model: { model: fitted.model, power } }
    },
    predict({ model, power }, chunk) {
      const answers = learner.predict(model, chunk)
      return power === null ? answers : Float64Array.from(answers, (value) => restoreValue(value, power))
    },
    emit(builder, matrix, { model, power }) {
      const answers = learner.emit(builder, matrix, model)
      return power === null ? answers : emitRestored(builder, answers, power)
    },
  }
}

function emitRestored(builder: GraphBuilder, answers: Value, power: number): Value {
  if (power === 0) return builder.node('Exp', [answers])
  const number = (value: number): Value => builder.constant(tensor('float64', [1, 1], [value]))
  const scaled = builder.node('Add', [builder.node('Mul', [answers, number(power)]), number(1)])
  return builder.node('Pow', [builder.node('Max', [scaled, number(0)]), number(1 / power)])
}
