import type { ArtifactRecords } from './artifact-records.ts'
import type { CommitStep } from './commit-step.ts'
import type { DataVersions } from './data-versions.ts'
import type { Events } from './events.ts'
import type { FileHashes } from './file-hashes.ts'
import type { Metrics } from './metrics.ts'
import type { Models } from './models.ts'
import type { Pins } from './pins.ts'
import type { Probes } from './probes.ts'
import type { Results } from './results.ts'
import type { Runs } from './runs.ts'
import type { Steps } from './steps.ts'

/** The tracking database. Every call is synchronous and durable when it returns; times are epoch ms. */
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
  pins: Pins
  metrics: Metrics
  close(): void
}

/** Opens, and migrates unless `readonly`, a tracking database. Throws `storage.…` errors. */
export declare function openTracking(options: { file: string; readonly?: boolean }): Tracking
