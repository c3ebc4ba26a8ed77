import type { SeriesFilter } from '../../src/contract/monitoring-contract.ts'
import type { MonitorPoint } from '../../src/core/monitor.ts'
import { useClient } from '../api/client.ts'
import { useQuery, type Query } from '../api/use-query.ts'
import type { SeriesLine } from './draw-series.ts'

/** Points of a metric, the oldest first; asked for anew in each round. */
export function useSeries(
  name: string,
  { filter, round }: { filter: SeriesFilter; round: number },
): Query<readonly MonitorPoint[]> {
  const client = useClient()
  return useQuery(JSON.stringify([name, filter, round]), async (signal) => {
    const { points } = await client.monitoring.series({ name, ...filter }, { signal })
    return points
  })
}

/** A line for each version, or, of what is measured by process or name, for each of these. */
export function linesOf(points: readonly MonitorPoint[]): SeriesLine[] {
  const groups = Map.groupBy(points, ({ version, column }) => version ?? column ?? '')
  return [...groups].map(([name, own]) => ({
    name,
    points: own,
    hasBand: own.some(({ low }) => low !== null),
  }))
}
