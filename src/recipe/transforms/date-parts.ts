import { epochOfDate, msPerDay } from '../../core/epoch-of-date.ts'
import { dateFeatures, periodOfPart, type DateFeature } from '../../core/transforms/date-parts-columns.ts'
import type { DatePart } from '../../core/transforms/date-parts-params.ts'
import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { tensor } from '../../onnx/tensor.ts'
import { emitDatePart } from '../emit-date-part.ts'
import type { Transform } from '../transform.ts'

/** Parts of dates and times in UTC, parts on a circle, and days since a date. Null stays null. */
export function datePartsTransform(params: TransformParams<'date-parts'>): Transform<null> {
  const since = epochOfDate(params.since ?? '1970-01-01', 'datetime')!
  return {
    fit: null,
    emit(graph) {
      for (const name of params.columns) {
        const wanted = dateFeatures(graph.column(name), params).filter((each) => graph.isWanted(each.name))
        if (wanted.length === 0) continue
        const [ms] = graph.separate([name])
        const emit = featureEmitter(graph.builder, ms!, since)
        for (const feature of wanted) graph.put([feature.name], emit(feature))
      }
    },
  }
}

function featureEmitter(builder: GraphBuilder, ms: Value, since: number): (feature: DateFeature) => Value {
  const parts = new Map<DatePart, Value>()
  const partOf = (part: DatePart): Value => {
    const value = parts.get(part) ?? emitDatePart(builder, part, ms)
    parts.set(part, value)
    return value
  }
  const number = (value: number) => builder.constant(tensor('float64', [1, 1], [value]))
  return ({ kind, part }) => {
    switch (kind) {
      case 'elapsed':
        return builder.node('Div', [builder.node('Sub', [ms, number(since)]), number(msPerDay)])
      case 'part':
        return partOf(part!)
      case 'sine':
      case 'cosine': {
        const first = ['hour', 'minute', 'second'].includes(part!) ? 0 : 1
        const fromZero = builder.node('Sub', [partOf(part!), number(first)])
        const turn = builder.node('Mul', [fromZero, number((2 * Math.PI) / periodOfPart[part!]!)])
        return builder.node(kind === 'sine' ? 'Sin' : 'Cos', [turn])
      }
    }
  }
}
