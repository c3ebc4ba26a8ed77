import { canonicalJson } from '../core/canonical-json.ts'
import type { MonitorMetric } from '../core/monitor-metrics.ts'
import type { MonitorSpec } from '../core/monitor.ts'
import { createMonitorPoints, type MonitorPoints } from './monitor-points.ts'
import type { Sql } from './sql.ts'

/** Where the rows of a window are: places in files of the log, and how many rows come from which in turn. */
export interface WindowParts {
  files: { name: string; offset: number; row: number }[]
  /** Pairs: number of the file, rows. */
  runs: number[]
  /** Every so many rows one was kept. */
  stride: number
}

/** What was said about a row: its place among the rows that are kept, epoch ms of the saying, and what. */
export type StoredTruth = [
  place: number,
  at: number,
  label: string | number | boolean | null,
  isRight: boolean | null,
  score: number | null,
]

/** A closed window. Times are epoch ms; `version` is `MODEL:VERSION`. */
export interface WindowRecord {
  version: string
  artifact: string
  from: number
  to: number
  firstAt: number
  lastAt: number
  rows: number
  labelled: number
}

export interface FullWindowRecord extends WindowRecord {
  parts: WindowParts
  truths: StoredTruth[]
}

export interface MonitorRecords extends MonitorPoints {
  /** By the name of the deployment, which may come to be later. Null: the default one. */
  spec(deployment: string): MonitorSpec | null
  keepSpec(deployment: string, spec: MonitorSpec | null, now: number): void
  /** `deployment` is its number, here and below. How far each version, and what was said (under the empty text), was read. */
  cursors(deployment: number): Map<string, string>
  keepCursor(deployment: number, version: string, position: string): void
  keepWindow(deployment: number, window: FullWindowRecord): void
  /** Removes the points of some metrics of a window, so that those that are measured anew are all there are. */
  dropPoints(
    deployment: number,
    window: Pick<WindowRecord, 'version' | 'from'>,
    metrics: readonly MonitorMetric[],
  ): void
  /** The newest first. */
  windows(deployment: number, limit: number): WindowRecord[]
  window(deployment: number, key: { version: string; from: number }): FullWindowRecord | null
  /** Removes what ended before: windows, their points, and points by the minute. */
  forget(
    deployment: number,
    before: {
      windows: number
      mostWindows: number
      minutes: number
      minuteMetrics: readonly MonitorMetric[]
    },
  ): void
}

const windowColumns = `version, artifact, begins_at as "from", ends_at as "to", first_at as firstAt, last_at as lastAt,
  rows, labelled`

export function createMonitorRecords(sql: Sql): MonitorRecords {
  return {
    ...createMonitorPoints(sql),
    spec(deployment) {
      const row = sql.get<{ spec: string }>('select spec from monitors where deployment = :deployment', {
        deployment,
      })
      return row ? (JSON.parse(row.spec) as MonitorSpec) : null
    },
    keepSpec(deployment, spec, now) {
      if (spec === null) sql.run('delete from monitors where deployment = :deployment', { deployment })
      else
        sql.run(
          `insert into monitors (deployment, spec, changed_at) values (:deployment, :text, :now)
           on conflict (deployment) do update set spec = :text, changed_at = :now`,
          { deployment, text: canonicalJson(spec), now },
        )
    },
    cursors: (deployment) =>
      new Map(
        sql
          .all<{ version: string; position: string }>(
            'select version, position from monitor_cursors where deployment = :deployment',
            { deployment },
          )
          .map(({ version, position }) => [version, position]),
      ),
    keepCursor: (deployment, version, position) =>
      void sql.run(
        `insert into monitor_cursors (deployment, version, position) values (:deployment, :version, :position)
         on conflict (deployment, version) do update set position = :position`,
        { deployment, version, position },
      ),
    keepWindow: (deployment, { parts, truths, ...window }) =>
      void sql.run(
        `insert into monitor_windows (deployment, version, artifact, begins_at, ends_at, first_at, last_at, rows,
           labelled, parts, truths)
         values (:deployment, :version, :artifact, :from, :to, :firstAt, :lastAt, :rows, :labelled, :parts, :truths)
         on conflict (deployment, version, begins_at) do update set labelled = :labelled, truths = :truths`,
        {
          deployment,
          ...window,
          parts: JSON.stringify(parts),
          truths: truths.length === 0 ? null : JSON.stringify(truths),
        },
      ),
    dropPoints: (deployment, { version, from }, metrics) =>
      void sql.run(
        `delete from monitor_points where begins_at = :from and series in
           (select number from monitor_series where deployment = :deployment and version = :version
              and metric in (select value from json_each(:metrics)))`,
        { deployment, version, from, metrics: JSON.stringify(metrics) },
      ),
    windows: (deployment, limit) =>
      sql.all<WindowRecord>(
        `select ${windowColumns} from monitor_windows where deployment = :deployment
         order by begins_at desc limit :limit`,
        { deployment, limit },
      ),
    window(deployment, { version, from }) {
      const row = sql.get<WindowRecord & { parts: string; truths: string | null }>(
        `select ${windowColumns}, parts, truths from monitor_windows
         where deployment = :deployment and version = :version and begins_at = :from`,
        { deployment, version, from },
      )
      if (!row) return null
      const { parts, truths, ...window } = row
      return {
        ...window,
        parts: JSON.parse(parts) as WindowParts,
        truths: truths === null ? [] : (JSON.parse(truths) as StoredTruth[]),
      }
    },
    forget(deployment, { windows, mostWindows, minutes, minuteMetrics }) {
      const oldest = sql.get<{ at: number }>(
        `select begins_at as at from monitor_windows where deployment = :deployment
         order by begins_at desc limit 1 offset :mostWindows`,
        { deployment, mostWindows },
      )
      const before = Math.max(windows, (oldest?.at ?? -1) + 1)
      sql.run('delete from monitor_windows where deployment = :deployment and begins_at < :before', {
        deployment,
        before,
      })
      const ofMinutes = minuteMetrics.map((metric) => `'${metric}'`).join(', ')
      for (const [is, limit] of [
        ['not in', before],
        ['in', minutes],
      ] as const)
        sql.run(
          `delete from monitor_points where begins_at < :limit and series in
             (select number from monitor_series where deployment = :deployment and metric ${is} (${ofMinutes}))`,
          { deployment, limit },
        )
      // Each version has series of its own, and there may be many versions.
      sql.run(
        `delete from monitor_series where deployment = :deployment
           and not exists (select 1 from monitor_points where series = monitor_series.number)`,
        { deployment },
      )
    },
  }
}
