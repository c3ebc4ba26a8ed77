import type { Artifact } from '../../src/core/artifacts.ts'

export interface Metric {
  value: number
  /** The nodes whose reports have it. */
  nodes: readonly string[]
}

/** Every metric of reports by its name, and by its name behind that of the node that it comes from. */
export function metricsOf(
  reports: readonly Artifact<'report'>[],
  feeds: Readonly<Record<string, readonly string[]>>,
): Map<string, Metric> {
  const metrics = new Map<string, Metric>()
  for (const [index, report] of reports.entries()) {
    const node = feeds['reports']?.[index] ?? ''
    for (const [name, value] of Object.entries(report.data.metrics)) {
      metrics.set(name, { value, nodes: [...(metrics.get(name)?.nodes ?? []), node] })
      metrics.set(`${node}.${name}`, { value, nodes: [node] })
    }
  }
  return metrics
}
