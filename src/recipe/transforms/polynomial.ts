import { polynomialTerms } from '../../core/transforms/polynomial-columns.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { Value } from '../../onnx/graph-builder.ts'
import { tensor } from '../../onnx/tensor.ts'
import type { Transform } from '../transform.ts'

/** Products of two or three columns, as scikit-learn's PolynomialFeatures without the columns themselves. */
export function polynomialTransform(params: TransformParams<'polynomial'>): Transform<null> {
  const terms = polynomialTerms(params)
  return {
    fit: null,
    elementsOf: () => terms.map((term) => termName(term.map((index) => params.columns[index]!))),
    emit(graph) {
      const { builder } = graph
      const columns = graph.matrix(params.columns, 'float64')
      const factor = (of: readonly number[][], place: number): Value => {
        const indices = of.map((term) => term[place]!)
        const picked = builder.constant(tensor('int64', [indices.length], indices))
        return builder.node('Gather', [columns, picked], { axis: { i: 1 } })
      }
      const products = [...Map.groupBy(terms, ({ length }) => length)].map(([degree, group]) =>
        Array.from({ length: degree }, (_, place) => factor(group, place)).reduce((a, b) =>
          builder.node('Mul', [a, b]),
        ),
      )
      const joined =
        products.length === 1 ? products[0]! : builder.node('Concat', products, { axis: { i: 1 } })
      graph.put([params.name], joined, [terms.length])
    },
  }
}

/** `age^2*fee` */
function termName(columns: readonly string[]): string {
  return [...Map.groupBy(columns, (name) => name)]
    .map(([name, { length }]) => (length === 1 ? name : `${name}^${length}`))
    .join('*')
}
