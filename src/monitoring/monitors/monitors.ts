import type {
  MonitoredColumn,
  MonitorOverview,
  MonitorReference,
  MonitorWindow,
  SeriesFilter,
} from '../../contract/monitoring-contract.ts'
import type { LoggedPrediction } from '../../contract/prediction-log-contract.ts'
import type { ReportData } from '../../core/artifacts.ts'
import type { Gauge } from '../../serving/server-protocol.ts'
import type { MonitorPoint, MonitorSpec, Segment } from '../../core/monitor.ts'

/** A window by its beginning, epoch ms; `version` is `MODEL:VERSION`. */
export interface WindowKey {
  name: string
  version: string
  from: number
}

/** What was measured of a deployment at once. */
export interface MeasuredPoints {
  name: string
  /** In the order of time; those of a window follow each other. */
  points: readonly MonitorPoint[]
}

/** The monitors of the deployments of a workspace. */
export interface Monitors {
  /** Measures what comes, now and from now on: where a host stays. */
  resume(): void
  /**
   * Measures all that is due by now, and resolves when it is stored and the listeners were told: rows that were answered
   * up to this call count.
   */
  settle(name: string): Promise<{ windows: number; relabelled: number }>
  /** What is watched of a deployment, its own or the default one. Throws for a name that there is not. */
  spec(name: string): { spec: MonitorSpec; isOwn: boolean }
  /** Null: the default one. */
  apply(name: string, spec: MonitorSpec | null): Promise<{ spec: MonitorSpec; changed: boolean }>
  overview(): MonitorOverview[]
  describe(name: string): MonitorOverview
  references(name: string): Promise<MonitorReference[]>
  /** The oldest first; of more than `limit` the newest. */
  series(name: string, filter: SeriesFilter & { limit?: number }): { points: MonitorPoint[]; isCut: boolean }
  /** The newest first, at most 200. */
  windows(name: string): MonitorWindow[]
  segments(name: string): Segment[]
  /** Throws `monitor.unknown-window`. */
  window(key: WindowKey): { window: MonitorWindow; points: MonitorPoint[] }
  column(request: WindowKey & { column: string; segment: Segment | null }): Promise<MonitoredColumn>
  rows(
    request: WindowKey & { segment: Segment | null; limit: number; after: number },
  ): Promise<{ records: LoggedPrediction[]; rows: number; next: number | null }>
  report(key: WindowKey): Promise<{ artifact: string; report: ReportData }>
  /** The newest points, for `/metrics`; none of a deployment that is not there. */
  gauges(name: string): Gauge[]
  /** Told after they are stored. Gives back how to stop being told. */
  onPoints(listener: (measured: MeasuredPoints) => void): () => void
  follow(signal?: AbortSignal): AsyncGenerator<MeasuredPoints, void, undefined>
  /** Resolves when what was begun is stored. */
  close(): Promise<void>
}
