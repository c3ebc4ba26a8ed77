import { pipelineSchema, type Pipeline } from '../../src/core/pipeline.ts'

/** A pipeline of nodes that do nothing: `chains` side by side, each of `length` nodes. Another start makes all of them new. */
export function passOnPipeline(options: { chains: number; length: number; start: number }): Pipeline {
  const { chains, length, start } = options
  const places = Array.from({ length: chains * length }, (_, index) => ({
    id: `chain_${Math.floor(index / length)}_${index % length}`,
    before: index % length === 0 ? null : `chain_${Math.floor(index / length)}_${(index % length) - 1}`,
    number: start + index,
  }))
  return pipelineSchema.parse({
    format: 1,
    id: `pass-on-${chains}-${length}`,
    name: 'Nodes that do nothing',
    nodes: Object.fromEntries(
      places.map(({ id, number }) => [id, { type: 'flow.pass-on', version: 1, params: { number } }]),
    ),
    edges: places.flatMap(({ id, before }) => (before ? [`${before}.report -> ${id}.report`] : [])),
  })
}
