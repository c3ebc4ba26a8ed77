import type { ErrorReport } from '../core/errors.ts'
import type { RunEndStatus, RunSummary } from './run-events.ts'
import type { StepEnd } from './step-end.ts'

/** Counts what happens in a run. */
export interface RunTally {
  cached(node: string, metrics: Readonly<Record<string, number>>): void
  executed(node: string, end: StepEnd): void
  /** The failure of a node did no harm. */
  handled(node: string): void
  hasFailed(node: string): boolean
  /** Adds up what was done for an item of a step; its failures are that step's to judge. */
  item(summary: RunSummary): void
  /** Whether a node is done, now or from before. */
  hasResult(node: string): boolean
  skipped(nodes: readonly string[]): void
  /** Steps that never came to be decided. */
  cancelled(nodes: readonly string[]): void
  /** Whether nothing more is to come of a node. */
  isSettled(node: string): boolean
  metricsOf(node: string): Readonly<Record<string, number>>
  summary(): RunSummary
}

export function createRunTally(): RunTally {
  const startedAt = performance.now()
  const metrics = new Map<string, Readonly<Record<string, number>>>()
  const errors = new Map<string, ErrorReport>()
  const counts = { executed: 0, cached: 0, failed: 0, skipped: 0 }
  const settled = new Set<string>()
  let cancelled = 0
  const status = (): RunEndStatus => (cancelled > 0 ? 'cancelled' : counts.failed > 0 ? 'failed' : 'done')
  return {
    cached(node, values) {
      settled.add(node)
      counts.cached++
      metrics.set(node, values)
    },
    executed(node, end) {
      settled.add(node)
      switch (end.kind) {
        case 'done':
          counts.executed++
          metrics.set(node, end.metrics)
          return
        case 'failed':
          counts.failed++
          errors.set(node, end.error)
          return
        case 'cancelled':
          cancelled++
          return
      }
    },
    handled(node) {
      if (errors.delete(node)) counts.failed--
    },
    hasFailed: (node) => errors.has(node),
    item({ executed, cached: reused, skipped }) {
      counts.executed += executed
      counts.cached += reused
      counts.skipped += skipped
    },
    hasResult: (node) => metrics.has(node),
    skipped(nodes) {
      for (const node of nodes) settled.add(node)
      counts.skipped += nodes.length
    },
    cancelled: (nodes) => void (cancelled += nodes.length),
    isSettled: (node) => settled.has(node),
    metricsOf: (node) => metrics.get(node) ?? {},
    summary: () => ({
      status: status(),
      ...counts,
      metrics: Object.fromEntries([...metrics].flatMap(([node, values]) => namedMetrics(node, values))),
      durationMs: Math.round(performance.now() - startedAt),
      errors: [...errors.values()],
    }),
  }
}

/** `<nodeId>.<metric>`, as metrics are called outside their step. */
export function namedMetrics(
  node: string,
  values: Readonly<Record<string, number>>,
): readonly (readonly [string, number])[] {
  return Object.entries(values).map(([name, value]) => [`${node}.${name}`, value])
}
