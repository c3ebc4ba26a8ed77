import { formatPipeline } from '../../src/core/format-pipeline.ts'
import { parsePipeline } from '../../src/core/parse-pipeline.ts'
import type { Drawing } from './drawing.ts'

/** A drawing as a pipeline file, as it is when saved, of steps that do nothing. */
export function drawingAsPipeline({ nodes, edges }: Drawing): string {
  const pipeline = {
    format: 1,
    id: 'canvas',
    name: `Canvas of ${nodes.length}`,
    seed: 0,
    nodes: Object.fromEntries(
      nodes.map(({ id }, number) => [id, { type: 'flow.pass-on', version: 1, params: { number } }]),
    ),
    edges: edges.map(({ source, target }) => `${source}.report -> ${target}.report`),
    layout: Object.fromEntries(nodes.map(({ id, at }) => [id, at])),
  }
  return formatPipeline(parsePipeline(JSON.stringify(pipeline)))
}
