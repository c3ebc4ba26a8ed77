import { topOutput, topProbabilitiesOutput } from '../core/answer-names.ts'
import type { ModelData } from '../core/artifacts.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import { GraphBuilder } from '../onnx/graph-builder.ts'
import { tensor } from '../onnx/tensor.ts'

/**
 * A classifier that also answers with its `count` most probable classes, of equally probable ones the first. It has to
 * know at least so many.
 */
export function withTopClasses(
  { bytes, data }: { bytes: Uint8Array; data: ModelData },
  count: number,
): { bytes: Uint8Array; data: ModelData } {
  const { classes = [] } = data.target
  const { builder, answers } = GraphBuilder.extend(bytes)
  const wanted = builder.constant(tensor('int64', [1], [count]))
  const [highest, codes] = builder.nodes('TopK', [answers['probabilities']!, wanted], 2, { axis: { i: 1 } })
  builder.declare(highest!, { type: 'float32', width: count })
  builder.declare(codes!, { type: 'int64', width: count })
  const labels = builder.constant(tensor('string', [classes.length], classes))
  const top = builder.node('Gather', [labels, codes!], { axis: { i: 0 } })
  for (const [name, value] of Object.entries(answers)) builder.output(name, value)
  builder.output(topOutput, builder.declare(top, { type: 'string', width: count }))
  builder.output(topProbabilitiesOutput, highest!)
  const outputs: ModelData['signature']['outputs'] = [
    ...data.signature.outputs,
    { name: topOutput, type: 'text', width: count },
    { name: topProbabilitiesOutput, type: 'vector', width: count },
  ]
  const signature = { ...data.signature, outputs }
  return {
    bytes: builder.toModel({ 'pipewright.signature': canonicalJson(signature) }),
    data: { ...data, signature },
  }
}
