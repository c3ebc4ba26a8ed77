import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { tensor } from '../../onnx/tensor.ts'
import type { Transform } from '../transform.ts'

/** Logarithms; null where there is none, as of 0 and below. */
export function logTransform({ columns, method, base }: TransformParams<'log'>): Transform<null> {
  return {
    fit: null,
    emit(graph) {
      const { builder } = graph
      const names = columns.filter((name) => graph.isWanted(name))
      const values = graph.matrix(names, 'float64')
      const natural = logarithm(builder, values, method)
      const number = (value: number) => builder.constant(tensor('float64', [1], [value]))
      const result =
        base === 'e' ? natural : builder.node('Div', [natural, number(base === '2' ? Math.LN2 : Math.LN10)])
      const isNone = builder.node('Equal', [result, number(Number.NEGATIVE_INFINITY)])
      graph.put(
        names,
        method === 'signed' ? result : builder.node('Where', [isNone, number(Number.NaN), result]),
      )
    },
  }
}

function logarithm(builder: GraphBuilder, values: Value, method: TransformParams<'log'>['method']): Value {
  switch (method) {
    case 'log':
      return builder.node('Log', [values])
    case 'log1p':
      return logOfOnePlus(builder, values)
    case 'signed': {
      const size = logOfOnePlus(builder, builder.node('Abs', [values]))
      return builder.node('Mul', [builder.node('Sign', [values]), size])
    }
  }
}

/**
 * log(1 + x), exact for small x too: what 1 + x loses by rounding is made good by x / ((1 + x) − 1) (Goldberg, “What
 * Every Computer Scientist Should Know About Floating-Point Arithmetic”, 1991, theorem 4).
 */
export function logOfOnePlus(builder: GraphBuilder, x: Value): Value {
  const one = builder.constant(tensor('float64', [1], [1]))
  const sum = builder.node('Add', [x, one])
  const log = builder.node('Log', [sum])
  const rounded = builder.node('Sub', [sum, one])
  const corrected = builder.node('Mul', [log, builder.node('Div', [x, rounded])])
  const isPlain = builder.node('Or', [builder.node('IsInf', [log]), builder.node('IsNaN', [log])])
  const isTiny = builder.node('Equal', [sum, one])
  return builder.node('Where', [isTiny, x, builder.node('Where', [isPlain, log, corrected])])
}
