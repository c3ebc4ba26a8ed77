import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { createAlertChannels, type AlertChannels } from './alert-channels.ts'
import { createAlertDeliveries, type AlertDeliveries } from './alert-deliveries.ts'
import { createAlerts, type Alerts } from './alerts.ts'
import { createArtifactRecords, type ArtifactRecords } from './artifact-records.ts'
import { createCommitStep, type CommitStep } from './commit-step.ts'
import { createDataVersions, type DataVersions } from './data-versions.ts'
import { storageError } from './errors.ts'
import { createDeployments, type Deployments } from './deployments.ts'
import { createEvents, type Events } from './events.ts'
import { createFileHashes, type FileHashes } from './file-hashes.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { migrate, requireUpToDate } from './migrate.ts'
import { readMigrations, type Migration } from './migrations.ts'
import { createModels, type Models } from './models.ts'
import { createMonitorRecords, type MonitorRecords } from './monitors.ts'
import { createPins, type Pins } from './pins.ts'
import { createProbes, type Probes } from './probes.ts'
import { createPromotions, type Promotions } from './promotions.ts'
import { createResults, type Results } from './results.ts'
import { createRetraining, type Retraining } from './retraining.ts'
import { createRuns, type Runs } from './runs.ts'
import { createSchedules, type Schedules } from './schedules.ts'
import { asStorageError, createSql } from './sql.ts'
import { createSteps, type Steps } from './steps.ts'

/** The tracking database. Every call is synchronous, and but for `note` durable when it returns; times are epoch ms. */
export interface Tracking {
  runs: Runs
  steps: Steps
  events: Events
  results: Results
  commitStep: CommitStep
  artifacts: ArtifactRecords
  fileHashes: FileHashes
  probes: Probes
  dataVersions: DataVersions
  models: Models
  promotions: Promotions
  deployments: Deployments
  monitors: MonitorRecords
  schedules: Schedules
  retraining: Retraining
  alerts: Alerts
  alertDeliveries: AlertDeliveries
  alertChannels: AlertChannels
  pins: Pins
  metrics: Metrics
  /** Several calls as one: all of them or none are recorded. `work` must not wait for anything. */
  transaction<Result>(work: () => Result): Result
  /**
   * As `transaction`, for what may be lost with the power: it outlives this process at once, and a loss of power from the
   * next durable call on.
   */
  note<Result>(work: () => Result): Result
  close(): void
}

const busyTimeoutMs = 5_000

/** Opens, and migrates unless `readonly`, a tracking database. Throws `storage` errors. */
export function openTracking(options: {
  file: string
  readonly?: boolean
  migrations?: readonly Migration[]
}): Tracking {
  const { file, readonly = false, migrations = readMigrations() } = options
  const database = openDatabase(file, { readonly, migrations })
  const sql = createSql(database)
  const metrics = createMetrics(sql)
  const steps = createSteps(sql, metrics)
  const events = createEvents(sql)
  const results = createResults(sql)
  const artifacts = createArtifactRecords(sql)
  const models = createModels(sql)
  return {
    runs: createRuns(sql),
    steps,
    events,
    results,
    commitStep: createCommitStep(sql, { steps, events, results, artifacts }),
    artifacts,
    fileHashes: createFileHashes(sql),
    probes: createProbes(sql),
    dataVersions: createDataVersions(sql),
    models,
    promotions: createPromotions(sql, models),
    deployments: createDeployments(sql),
    monitors: createMonitorRecords(sql),
    schedules: createSchedules(sql),
    retraining: createRetraining(sql),
    alerts: createAlerts(sql),
    alertDeliveries: createAlertDeliveries(sql),
    alertChannels: createAlertChannels(sql),
    pins: createPins(sql),
    metrics,
    transaction: (work) => sql.transaction(work),
    note: (work) => sql.quickTransaction(work),
    close: () => database.close(),
  }
}

function openDatabase(
  file: string,
  { readonly, migrations }: { readonly: boolean; migrations: readonly Migration[] },
): Database.Database {
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly, fileMustExist: readonly, timeout: busyTimeoutMs })
    if (readonly) {
      requireUpToDate(database, migrations)
    } else {
      database.pragma('journal_mode = wal')
      database.pragma('synchronous = full')
      migrate(database, migrations)
    }
    database.pragma('foreign_keys = on')
    return database
  } catch (error) {
    database?.close()
    if (readonly && !existsSync(file)) throw storageError('missing', { file }, { cause: error })
    throw asStorageError(error, file)
  }
}
