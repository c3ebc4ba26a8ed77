import type { ServedModel } from '../../handler.ts'
import type { ServerStatistics, VersionStatistics } from '../../server-protocol.ts'

const nanoseconds = 1e9

/** Triton's statistics of models, since the processes started. What is not measured apart is 0. */
export function inferenceStatistics(
  processes: readonly ServerStatistics[],
  served: readonly Pick<ServedModel, 'model' | 'version'>[],
) {
  const all = processes.flatMap(({ versions }) => Object.values(versions))
  return {
    model_stats: served.map(({ model, version }) =>
      statisticsOf(
        { model, version },
        all.filter((each) => each.model === model && each.version === version && each.role !== 'fallback'),
      ),
    ),
  }
}

function statisticsOf(
  { model, version }: Pick<ServedModel, 'model' | 'version'>,
  counted: readonly VersionStatistics[],
) {
  const total = (of: (each: VersionStatistics) => number): number =>
    counted.reduce((sum, each) => sum + of(each), 0)
  const count = total(({ latency }) => latency.counts.reduce((sum, some) => sum + some, 0))
  const answered = { count, ns: Math.round(total(({ latency }) => latency.sum) * nanoseconds) }
  const none = { count: 0, ns: 0 }
  return {
    name: model,
    version: String(version),
    last_inference: counted.reduce((latest, { lastAt }) => Math.max(latest, lastAt ?? 0), 0),
    inference_count: total(({ rows }) => rows),
    execution_count: count,
    inference_stats: {
      success: answered,
      fail: { count: total(({ errors }) => errors), ns: 0 },
      queue: none,
      compute_input: none,
      compute_infer: answered,
      compute_output: none,
    },
    batch_stats: [],
  }
}
