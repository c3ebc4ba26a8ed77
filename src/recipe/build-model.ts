import type { Signature, TableData } from '../core/artifacts.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import { GraphBuilder, type Value } from '../onnx/graph-builder.ts'
import { metadataKeys } from '../onnx/model-metadata.ts'
import type { ElementType } from '../onnx/tensor.ts'
import { emitMatrix } from './emit-matrix.ts'
import { featureSources, type FeatureSource } from './feature-sources.ts'

/** What a model answers, by the name of its tensor: `label`, `probabilities`, `value`. */
export type Answers = Readonly<Record<string, Value>>

/**
 * The one graph of a model, from start columns to answers. `emitLearner` gets the feature matrix (float32
 * [N, features], as `readMatrix` gives it) and puts the model behind it. The signature names as inputs the start
 * columns that the answers need, and no others; it stands in the model's metadata too.
 */
export function buildModelGraph(
  table: TableData,
  emitLearner: (builder: GraphBuilder, matrix: Value) => Answers,
  metadata: Readonly<Record<string, string>> = {},
): { bytes: Uint8Array; signature: Signature } {
  const builder = new GraphBuilder()
  const answers = emitLearner(builder, emitMatrix(builder, table))
  for (const [name, value] of Object.entries(answers)) builder.output(name, value)
  const needed = new Set(builder.neededInputs())
  const signature: Signature = {
    inputs: table.startColumns.filter(({ name }) => needed.has(name)),
    outputs: Object.entries(answers).map(([name, value]) => {
      const { type, width } = builder.typeOf(value)
      return { name, type: answerType(type, width), width }
    }),
  }
  const bytes = builder.toModel({
    ...metadata,
    'pipewright.signature': canonicalJson(signature),
    [metadataKeys.sources]: canonicalJson(sourcesOf(table, needed)),
  })
  return { bytes, signature }
}

/** Without columns that only say what a step learned from: the answer does not hang on them. */
function sourcesOf(table: TableData, needed: ReadonlySet<string>): FeatureSource[] {
  return featureSources(table).map(({ width, from }) => ({
    width,
    from: from.filter((name) => needed.has(name)),
  }))
}

function answerType(type: ElementType, width: number): Signature['outputs'][number]['type'] {
  if (type === 'string') return 'text'
  return width > 1 || type === 'float32' ? 'vector' : 'number'
}
