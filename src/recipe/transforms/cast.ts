import { msPerDay } from '../../core/epoch-of-date.ts'
import { castMethod, type CastMethod } from '../../core/transforms/cast-columns.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { elementCodes, tensor } from '../../onnx/tensor.ts'
import type { Transform } from '../transform.ts'

/** Changes types; see `CastMethod` for the rules. */
export function castTransform(params: TransformParams<'cast'>): Transform<null> {
  return {
    fit: null,
    emit(graph) {
      const wanted = params.columns.filter((name) => graph.isWanted(name))
      const methodOf = (name: string): CastMethod => castMethod(graph.column(name).type, params.to)!
      for (const [method, names] of Map.groupBy(wanted, methodOf)) {
        if (method === 'keep') for (const name of names) graph.keep(name)
        else graph.put(names, converted(graph.builder, graph.matrix(names, 'float64'), method))
      }
    },
  }
}

function converted(builder: GraphBuilder, values: Value, method: Exclude<CastMethod, 'keep'>): Value {
  const number = (value: number) => builder.constant(tensor('float64', [1], [value]))
  const text = (value: string) => builder.constant(tensor('string', [1], [value]))
  const cast = (value: Value, to: keyof typeof elementCodes) =>
    builder.node('Cast', [value], { to: { i: elementCodes[to] } })
  const isNull = builder.node('IsNaN', [values])
  const finite = (result: Value) =>
    builder.node('Where', [builder.node('IsInf', [values]), number(Number.NaN), result])
  switch (method) {
    case 'round':
      return finite(builder.node('Round', [values]))
    case 'day': {
      const days = builder.node('Floor', [builder.node('Div', [values, number(msPerDay)])])
      return finite(builder.node('Mul', [days, number(msPerDay)]))
    }
    case 'truth': {
      const isTrue = builder.node('Not', [builder.node('Equal', [values, number(0)])])
      return builder.node('Where', [isNull, values, cast(isTrue, 'float64')])
    }
    case 'digits': {
      const known = builder.node('Where', [isNull, number(0), values])
      return builder.node('Where', [isNull, text(''), cast(cast(known, 'int64'), 'string')])
    }
    case 'words': {
      const isTrue = builder.node('Equal', [values, number(1)])
      return builder.node('Where', [
        isNull,
        text(''),
        builder.node('Where', [isTrue, text('true'), text('false')]),
      ])
    }
  }
}
