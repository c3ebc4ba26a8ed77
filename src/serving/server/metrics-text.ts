import {
  batchBounds,
  latencyBounds,
  type Gauge,
  type Histogram,
  type ServerConfiguration,
  type ServerStatistics,
  type VersionStatistics,
} from '../server-protocol.ts'

type Labels = Readonly<Record<string, string | number>>
interface Sample {
  labels: Labels
  value: number
}

/**
 * Statistics of all processes of a deployment in Prometheus' text format 0.0.4. `workers` may hold one with the number −1:
 * what processes counted that have ended, so that counters never go back.
 */
export function metricsText(
  workers: readonly ServerStatistics[],
  { name: deployment, versions }: Pick<ServerConfiguration, 'name' | 'versions'>,
): string {
  const living = workers.filter(({ worker }) => worker >= 0)
  const sum = (of: (statistics: ServerStatistics) => number, all = workers): Sample[] => [
    { labels: { deployment }, value: all.reduce((total, each) => total + of(each), 0) },
  ]
  const served = mergedVersions(workers)
  const versionSamples = (of: (version: MergedVersion) => number): Sample[] =>
    served.map((version) => ({ labels: labelsOf(deployment, version), value: of(version) }))
  const shadows = (of: 'compared' | 'agreed' | 'dropped'): Sample[] =>
    [...new Set(workers.flatMap(({ shadow }) => Object.keys(shadow)))].map((version) => ({
      labels: { deployment, version },
      value: workers.reduce((total, { shadow }) => total + (shadow[version]?.[of] ?? 0), 0),
    }))
  const reasons = [...new Set(workers.flatMap(({ errors }) => Object.keys(errors)))]
  const errors = reasons.map((reason) => ({
    labels: { deployment, reason },
    value: workers.reduce((total, each) => total + (each.errors[reason] ?? 0), 0),
  }))
  const info = versions.map(({ model, version, role, weight, artifact }) => ({
    labels: { deployment, model, version, role, weight, artifact },
    value: 1,
  }))
  return [
    metric(
      'predictions_total',
      'counter',
      'Rows answered.',
      versionSamples(({ rows }) => rows),
    ),
    metric(
      'requests_total',
      'counter',
      'Requests answered.',
      versionSamples(({ requests }) => requests),
    ),
    metric('errors_total', 'counter', 'Requests refused or failed, by reason.', errors),
    metric(
      'version_errors_total',
      'counter',
      'Requests that a version failed.',
      versionSamples((each) => each.errors),
    ),
    histogram(
      'latency_seconds',
      'Time from a request to its answer.',
      latencyBounds,
      served.map((version) => ({ labels: labelsOf(deployment, version), histogram: version.latency })),
    ),
    histogram('batch_rows', 'Rows that ran through the model together.', batchBounds, [
      {
        labels: { deployment },
        histogram: mergedHistogram(
          workers.map(({ batches }) => batches),
          batchBounds,
        ),
      },
    ]),
    metric(
      'queue_depth',
      'gauge',
      'Requests that wait for an answer.',
      sum((each) => each.queueDepth, living),
    ),
    metric(
      'workers',
      'gauge',
      'Processes that answer.',
      sum(() => 1, living),
    ),
    metric(
      'resident_memory_bytes',
      'gauge',
      'Memory of all processes.',
      sum((each) => each.residentBytes, living),
    ),
    metric(
      'cpu_seconds_total',
      'counter',
      'Time of cores that was used.',
      sum((each) => each.cpuSeconds),
    ),
    metric('model_info', 'gauge', 'What is served: always 1.', info),
    metric('shadow_compared_total', 'counter', 'Rows that a shadow answered too.', shadows('compared')),
    metric('shadow_agreed_total', 'counter', 'Rows that a shadow answered alike.', shadows('agreed')),
    metric('shadow_dropped_total', 'counter', 'Rows that a shadow had no time for.', shadows('dropped')),
    metric(
      'logged_requests_total',
      'counter',
      'Requests in the prediction log.',
      sum((each) => each.log.records),
    ),
    metric(
      'log_dropped_total',
      'counter',
      'Requests that could not be logged.',
      sum((each) => each.log.dropped),
    ),
  ].join('')
}

/** What the host knows, in the same format. */
export function gaugesText(gauges: readonly Gauge[]): string {
  return [...Map.groupBy(gauges, ({ name }) => name)]
    .map(([name, samples]) => metric(name, 'gauge', samples[0]!.help, samples))
    .join('')
}

function metric(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): string {
  if (samples.length === 0) return ''
  const lines = samples.map(({ labels, value }) => `pipewright_${name}${labelText(labels)} ${value}\n`)
  return `${head(name, type, help)}${lines.join('')}`
}

function histogram(
  name: string,
  help: string,
  bounds: readonly number[],
  series: readonly { labels: Labels; histogram: Histogram }[],
): string {
  const lines = series.map(({ labels, histogram: { counts, sum } }) => {
    let total = 0
    const buckets = counts.map((count, place) => {
      total += count
      const le = bounds[place] === undefined ? '+Inf' : String(bounds[place])
      return `pipewright_${name}_bucket${labelText({ ...labels, le })} ${total}\n`
    })
    const ends = `pipewright_${name}_sum${labelText(labels)} ${sum}\npipewright_${name}_count${labelText(labels)} ${total}\n`
    return buckets.join('') + ends
  })
  return `${head(name, 'histogram', help)}${lines.join('')}`
}

function head(name: string, type: string, help: string): string {
  return `# HELP pipewright_${name} ${help}\n# TYPE pipewright_${name} ${type}\n`
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(String(value))}"`)
  return `{${pairs.join(',')}}`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}

function labelsOf(deployment: string, { model, version, role }: MergedVersion): Labels {
  return { deployment, model, version, role }
}

type MergedVersion = Pick<
  VersionStatistics,
  'model' | 'version' | 'role' | 'requests' | 'rows' | 'errors' | 'latency'
>

function mergedVersions(workers: readonly ServerStatistics[]): MergedVersion[] {
  const keys = [...new Set(workers.flatMap(({ versions }) => Object.keys(versions)))]
  return keys.map((key) => {
    const all = workers.flatMap(({ versions }) => versions[key] ?? [])
    const total = (of: (version: VersionStatistics) => number): number =>
      all.reduce((sum, each) => sum + of(each), 0)
    const latency = mergedHistogram(
      all.map(({ latency }) => latency),
      latencyBounds,
    )
    // This process comes first, and those that have ended last, who may have known it as something else.
    const { model, version, role } = all[0]!
    return {
      model,
      version,
      role,
      requests: total(({ requests }) => requests),
      rows: total(({ rows }) => rows),
      errors: total(({ errors }) => errors),
      latency,
    }
  })
}

function mergedHistogram(histograms: readonly Histogram[], bounds: readonly number[]): Histogram {
  const counts = Array.from({ length: bounds.length + 1 }, (_, place) =>
    histograms.reduce((sum, each) => sum + (each.counts[place] ?? 0), 0),
  )
  return { counts, sum: histograms.reduce((sum, each) => sum + each.sum, 0) }
}
