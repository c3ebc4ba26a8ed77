import type { CheckResult } from '../checks/check-pipeline.ts'
import type { PipelineDocument } from '../contract/document.ts'
import type { PipelineDescription } from '../contract/pipelines-contract.ts'
import { formatPipeline } from '../core/format-pipeline.ts'
import { graphOf } from '../core/graph.ts'
import { parsePipeline } from '../core/parse-pipeline.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'

export function pipelinesHandlers(services: Services) {
  const { pipelines } = implementation
  const check = async (request: { document: PipelineDocument; parameters: Record<string, string> }) => {
    const pipeline = parsePipeline(request.document.text)
    const { path } = request.document
    const result = await hostOf(services).engine.check({ pipeline, path, parameters: request.parameters })
    return { pipeline, result }
  }
  return {
    check: pipelines.check.handler(async ({ input }) => {
      const { result } = await check(input)
      return { findings: result.findings }
    }),
    describe: pipelines.describe.handler(async ({ input }) => {
      const { pipeline, result } = await check(input)
      return describePipeline(pipeline, { result, services })
    }),
    format: pipelines.format.handler(({ input }) => ({ text: formatPipeline(parsePipeline(input.text)) })),
  }
}

function describePipeline(
  pipeline: Pipeline,
  { result, services }: { result: CheckResult; services: Services },
): PipelineDescription {
  const graph = graphOf(pipeline)
  const disabled = new Set(result.live.disabled)
  const titles = new Map(services.definitions.map(({ id, title }) => [id as string, title]))
  const behindCycles = graph.nodes.filter((id) => !graph.order.includes(id))
  return {
    id: pipeline.id,
    name: pipeline.name,
    description: pipeline.description ?? null,
    parameters: Object.entries(pipeline.parameters).map(([name, parameter]) => ({
      name,
      type: parameter.type,
      default: parameter.default ?? null,
      description: parameter.description ?? null,
    })),
    nodes: [...graph.order, ...behindCycles].map((id) => {
      const node = pipeline.nodes[id]!
      return {
        id,
        type: node.type,
        title: node.title ?? titles.get(node.type) ?? node.type,
        state: disabled.has(id) ? 'disabled' : result.live.skipped.has(id) ? 'skipped' : 'runs',
        inputs: [...new Set(graph.into(id).map(({ from }) => from.node))],
        outputs: { ...result.shapes.get(id) },
      }
    }),
    edges: [...pipeline.edges],
    findings: result.findings,
  }
}
