import type { MonitorMetric } from '../core/monitor-metrics.ts'
import type { MonitorPoint, Segment } from '../core/monitor.ts'
import type { Sql } from './sql.ts'

/** Points of which a filter wants some: absent means any, null those of none. */
export interface PointFilter {
  metric?: MonitorMetric
  column?: string | null
  segment?: Segment | null
  version?: string | null
  from?: number
  to?: number
}

/** Points by series and beginning. `deployment` is its number. */
export interface MonitorPoints {
  /** A point of the same series and beginning is replaced. */
  keepPoints(deployment: number, points: readonly MonitorPoint[]): void
  /** The newest first. */
  points(deployment: number, filter: PointFilter & { limit: number }): MonitorPoint[]
  /** The newest of each series that has one since then. */
  newest(deployment: number, since: number): MonitorPoint[]
  segments(deployment: number): Segment[]
}

interface PointRow {
  metric: MonitorMetric
  columnName: string
  segmentColumn: string
  segmentValue: string
  version: string
  from: number
  to: number
  rows: number
  value: number
  low: number | null
  high: number | null
  reference: number | null
  limitValue: number | null
  isBeyond: 0 | 1
  method: string | null
}

const pointColumns = `s.metric, s.column_name as columnName, s.segment_column as segmentColumn,
  s.segment_value as segmentValue, s.version, p.begins_at as "from", p.ends_at as "to", p.rows, p.value, p.low, p.high,
  p.reference, p.limit_value as limitValue, p.is_beyond as isBeyond, p.method`
export function createMonitorPoints(sql: Sql): MonitorPoints {
  const seriesOf = (deployment: number, point: MonitorPoint): number => {
    const key = {
      deployment,
      metric: point.metric,
      column: point.column ?? '',
      segmentColumn: point.segment?.column ?? '',
      segmentValue: point.segment?.value ?? '',
      version: point.version ?? '',
    }
    const find = (): { number: number } | undefined =>
      sql.get<{ number: number }>(
        `select number from monitor_series where deployment = :deployment and metric = :metric
           and column_name = :column and segment_column = :segmentColumn and segment_value = :segmentValue
           and version = :version`,
        key,
      )
    const known = find()
    if (known) return known.number
    sql.run(
      `insert into monitor_series (deployment, metric, column_name, segment_column, segment_value, version)
       values (:deployment, :metric, :column, :segmentColumn, :segmentValue, :version)`,
      key,
    )
    return find()!.number
  }
  return {
    keepPoints(deployment, points) {
      for (const point of points)
        sql.run(
          `insert into monitor_points (series, begins_at, ends_at, rows, value, low, high, reference, limit_value,
             is_beyond, method)
           values (:series, :from, :to, :rows, :value, :low, :high, :reference, :limit, :isBeyond, :method)
           on conflict (series, begins_at) do update set ends_at = :to, rows = :rows, value = :value, low = :low,
             high = :high, reference = :reference, limit_value = :limit, is_beyond = :isBeyond, method = :method`,
          {
            series: seriesOf(deployment, point),
            from: point.from,
            to: point.to,
            rows: point.rows,
            value: point.value,
            low: point.low,
            high: point.high,
            reference: point.reference,
            limit: point.limit,
            isBeyond: point.isBeyond ? 1 : 0,
            method: point.method,
          },
        )
    },
    points: (deployment, { limit, ...filter }) =>
      sql
        .all<PointRow>(
          // Of no series more than the limit can be among the newest: what is older is not read.
          `with s as materialized (
             select *, (select begins_at from monitor_points where series = s.number
               ${filter.to === undefined ? '' : 'and begins_at <= :to'}
               order by begins_at desc limit 1 offset :limit) as newest_after
             from monitor_series s where s.deployment = :deployment ${seriesConditionsOf(filter)})
           select ${pointColumns} from s join monitor_points p
             on p.series = s.number and p.begins_at >= coalesce(s.newest_after, -9e15)
           where true ${pointConditionsOf(filter)}
           order by p.begins_at desc, s.column_name desc limit :limit`,
          { deployment, limit, ...valuesOf(filter) },
        )
        .map(pointOf),
    newest: (deployment, since) =>
      sql
        .all<PointRow>(
          `select ${pointColumns} from monitor_series s join monitor_points p on p.series = s.number
           where s.deployment = :deployment and p.begins_at =
             (select max(begins_at) from monitor_points where series = s.number) and p.begins_at >= :since`,
          { deployment, since },
        )
        .map(pointOf),
    segments: (deployment) =>
      sql.all<Segment>(
        `select distinct segment_column as "column", segment_value as value from monitor_series
         where deployment = :deployment and segment_column <> '' order by 1, 2`,
        { deployment },
      ),
  }
}

function seriesConditionsOf({ metric, column, segment, version }: PointFilter): string {
  return [
    metric === undefined ? '' : 'and s.metric = :metric',
    column === undefined ? '' : 'and s.column_name = :column',
    segment === undefined ? '' : 'and s.segment_column = :segmentColumn and s.segment_value = :segmentValue',
    version === undefined ? '' : 'and s.version = :version',
  ].join(' ')
}

function pointConditionsOf({ from, to }: PointFilter): string {
  return [
    from === undefined ? '' : 'and p.ends_at >= :from',
    to === undefined ? '' : 'and p.begins_at <= :to',
  ].join(' ')
}

function valuesOf({ metric, column, segment, version, from, to }: PointFilter) {
  return {
    ...(metric !== undefined && { metric }),
    ...(column !== undefined && { column: column ?? '' }),
    ...(segment !== undefined && {
      segmentColumn: segment?.column ?? '',
      segmentValue: segment?.value ?? '',
    }),
    ...(version !== undefined && { version: version ?? '' }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  }
}

function pointOf(row: PointRow): MonitorPoint {
  const { columnName, segmentColumn, segmentValue, version, limitValue, isBeyond, ...rest } = row
  return {
    ...rest,
    column: columnName === '' ? null : columnName,
    segment: segmentColumn === '' ? null : { column: segmentColumn, value: segmentValue },
    version: version === '' ? null : version,
    limit: limitValue,
    isBeyond: isBeyond === 1,
  }
}
