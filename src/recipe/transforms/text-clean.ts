import type { TransformParams } from '../../core/transforms/transform-step.ts'
import type { GraphBuilder, Value } from '../../onnx/graph-builder.ts'
import { tensor } from '../../onnx/tensor.ts'
import type { Transform } from '../transform.ts'

type Params = TransformParams<'text-clean'>

const text = { type: 'string', width: 1 } as const

/** Brings letters to one case, and whole texts to others or to null. Null stays null. */
export function textCleanTransform(params: Params): Transform<null> {
  const readAs = new Map([
    ...Object.entries(params.replace),
    ...params.missing.map((each): [string, string] => [each, '']),
  ])
  readAs.delete('')
  return {
    fit: null,
    emit(graph) {
      const names = params.columns.filter((name) => graph.isWanted(name))
      for (const [index, values] of graph.separate(names).entries()) {
        const cased = inOneCase(graph.builder, values, params.letters)
        graph.put([names[index]!], readAs.size > 0 ? readOtherwise(graph.builder, cased, readAs) : cased)
      }
    },
  }
}

function inOneCase(builder: GraphBuilder, values: Value, letters: Params['letters']): Value {
  if (letters === 'keep') return values
  const shaped = (value: Value, dims: readonly number[]): Value =>
    builder.declare(
      builder.node('Reshape', [value, builder.constant(tensor('int64', [dims.length], dims))]),
      text,
    )
  const changed = builder.node('StringNormalizer', [shaped(values, [-1])], {
    case_change_action: { s: letters === 'lower' ? 'LOWER' : 'UPPER' },
    is_case_sensitive: { i: 1 },
    locale: { s: 'C' },
  })
  return shaped(builder.declare(changed, text), [-1, 1])
}

function readOtherwise(builder: GraphBuilder, values: Value, readAs: ReadonlyMap<string, string>): Value {
  // Whatever it is, a text that stands here for “none of them” comes out as it went in.
  const none = '\u0002'
  const found = builder.node('ml.LabelEncoder', [values], {
    keys_tensor: { t: tensor('string', [readAs.size], [...readAs.keys()]) },
    values_tensor: { t: tensor('string', [readAs.size], [...readAs.values()]) },
    default_tensor: { t: tensor('string', [1], [none]) },
  })
  builder.declare(found, text)
  const isOther = builder.node('Equal', [found, builder.constant(tensor('string', [1, 1], [none]))])
  return builder.node('Where', [isOther, values, found])
}
