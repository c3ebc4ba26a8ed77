import { checkExpression } from '../../core/expression/check-expression.ts'
import { columnsOfExpression } from '../../core/expression/typed-expression.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import { emitExpression } from '../emit-expression.ts'
import { recipeError } from '../errors.ts'
import type { Transform } from '../transform.ts'

/** A column computed by an expression. */
export function deriveTransform(params: TransformParams<'derive'>): Transform<null> {
  return {
    fit: null,
    emit(graph) {
      const checked = checkExpression(params.expression, graph.columns)
      if ('problem' in checked)
        throw recipeError('not-applicable', {
          problem: checked.problem.message,
          remedy: checked.problem.remedy,
        })
      const names = columnsOfExpression(checked.expression)
      const values = new Map(graph.separate(names).map((value, index) => [names[index]!, value]))
      const result = emitExpression(graph.builder, checked.expression, (name) => values.get(name)!)
      graph.put([params.column], result)
    },
  }
}
