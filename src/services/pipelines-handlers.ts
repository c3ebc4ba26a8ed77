import { proposeSearchSpace } from '../checks/propose-search-space.ts'
import type { PipelineDocument } from '../contract/document.ts'
import type { PreviewedStep } from '../engine/open-previews.ts'
import { formatPipeline } from '../core/format-pipeline.ts'
import { parsePipeline } from '../core/parse-pipeline.ts'
import { refreshReferences } from '../engine/refresh-references.ts'
import { describePipeline } from './describe-pipeline.ts'
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
    preview: pipelines.preview.handler(async function* ({ input: { document, parameters }, signal }) {
      const gone = new AbortController()
      const steps = new ReadableStream<PreviewedStep>({
        start(controller) {
          hostOf(services)
            .engine.preview(
              { pipeline: parsePipeline(document.text), path: document.path, parameters },
              {
                signal: signal ? AbortSignal.any([signal, gone.signal]) : gone.signal,
                onStep: (step) => controller.enqueue(step),
              },
            )
            .then(
              () => controller.close(),
              (error: unknown) => controller.error(error),
            )
        },
        cancel: () => gone.abort(),
      })
      yield* steps
    }),
    forget: pipelines.forget.handler(({ input: { document, nodes } }) =>
      hostOf(services).engine.forget({
        pipeline: parsePipeline(document.text),
        path: document.path,
        nodes,
      }),
    ),
    refresh: pipelines.refresh.handler(async ({ input: { document } }) => {
      const source = { pipeline: parsePipeline(document.text), path: document.path }
      const { pipeline, references } = await refreshReferences(source)
      return { text: formatPipeline(pipeline), references }
    }),
    proposeSearchSpace: pipelines.proposeSearchSpace.handler(({ input: { text, node } }) => ({
      proposals: proposeSearchSpace(parsePipeline(text), node, services.definitions),
    })),
    format: pipelines.format.handler(({ input }) => ({ text: formatPipeline(parsePipeline(input.text)) })),
  }
}
