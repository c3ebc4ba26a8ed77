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

/**
 * A line for each version that answered beside others, and one for versions that followed one another; of what is
 * measured by process or name a line for each of these.
 */
export function linesOf(points: readonly MonitorPoint[]): SeriesLine[] {
  const groups = [...Map.groupBy(points, ({ version, column }) => version ?? column ?? '')]
  const hasBand = points.some(({ low }) => low !== null)
  if (groups.length > 1 && points.every(({ version }) => version !== null) && followEachOther(groups))
    return [{ name: 'one version after the other', points, hasBand }]
  return groups.map(([name, own]) => ({ name, points: own, hasBand }))
}

/** No version’s windows begin before those of the version before it. */
function followEachOther(groups: readonly (readonly [string, readonly MonitorPoint[]])[]): boolean {
  const spans = groups
    .map(([, own]) => ({ first: own[0]!.from, last: own.at(-1)!.from }))
    .toSorted((one, other) => one.first - other.first)
  return spans.every((span, index) => index === 0 || span.first >= spans[index - 1]!.last)
}
