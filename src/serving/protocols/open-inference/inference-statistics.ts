import type { ServedModel } from '../../handler.ts'
import type { ServerStatistics, VersionStatistics } from '../../server-protocol.ts'

const nanoseconds = 1e9

/** Triton's statistics of models, of this process since it started. What is not measured apart is 0. */
export function inferenceStatistics(statistics: ServerStatistics, served: readonly ServedModel[]) {
  const all = Object.values(statistics.versions)
  return {
    model_stats: served.map(({ model, version }) =>
      statisticsOf(
        { model, version },
        all.find((each) => each.model === model && each.version === version && each.role !== 'fallback'),
      ),
    ),
  }
}

function statisticsOf(
  { model, version }: Pick<ServedModel, 'model' | 'version'>,
  counted: VersionStatistics | undefined,
) {
  const answered = counted?.latency.counts.reduce((sum, count) => sum + count, 0) ?? 0
  const ns = Math.round((counted?.latency.sum ?? 0) * nanoseconds)
  const none = { count: 0, ns: 0 }
  return {
    name: model,
    version: String(version),
    last_inference: counted?.lastAt ?? 0,
    inference_count: counted?.rows ?? 0,
    execution_count: answered,
    inference_stats: {
      success: { count: answered, ns },
      fail: { count: counted?.errors ?? 0, ns: 0 },
      queue: none,
      compute_input: none,
      compute_infer: { count: answered, ns },
      compute_output: none,
    },
    batch_stats: [],
  }
}
