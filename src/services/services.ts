import type { ReportData } from '../core/artifacts.ts'
import type { Alerts } from '../monitoring/alerts/alerts.ts'
import type { Engine } from '../engine/open-engine.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { Workspace } from '../storage/open-workspace.ts'
import type { ActiveWork } from './active-work.ts'
import type { Viewer } from '../viewing/open-viewer.ts'
import type { SketchAhead } from '../viewing/sketch-ahead.ts'
import type { ModelCard } from '../contract/model-card.ts'
import type { Settings } from '../contract/settings-contract.ts'
import type { Labelling } from '../monitoring/labelling/open-labelling.ts'
import type { LogReader } from '../serving/deployments/open-log-reader.ts'
import type { Monitors } from '../monitoring/monitors/monitors.ts'
import type { Deployments } from '../serving/deployments/open-deployments.ts'
import type { ExampleRows } from './example-row.ts'
import { serviceError } from './errors.ts'
import type { Happenings } from './happenings.ts'
import type { KeptFiles } from './kept-files.ts'
import type { PipelineFiles } from './pipeline-files.ts'
import type { SelfStarting } from './self-starting.ts'
import type { Secrets } from './secrets/open-secrets.ts'
import type { SettingsStore } from './settings-store.ts'

/** What the host of a workspace works with. */
export interface HostServices {
  workspace: Workspace
  engine: Engine
  work: ActiveWork
  viewer: Viewer
  deployments: Deployments
  alerts: Alerts
  monitors: Monitors
  selfStarting: SelfStarting
  exampleRow: ExampleRows
  predictionLogs: LogReader
  labelling: Labelling
  sketches: SketchAhead
  happenings: Happenings
  files: PipelineFiles
  kept: KeptFiles
  settings: SettingsStore
  secrets: Secrets
  /** The settings when this host started. */
  startedWith: Settings
  /** Folders outside of the workspace that the user has chosen in a dialog of this host. */
  openedFolders: Set<string>
  /** The card of a registered model. */
  writeCard: (reference: string) => Promise<ModelCard>
  /** A report as one page of HTML. */
  reportPage: (title: string, report: ReportData) => Promise<string>
  /** Where the templates are. */
  templateFolder: string
  /** Of this Pipewright. */
  version: string
}

export interface Services {
  definitions: readonly AnyNodeDefinition[]
  /** Null in a process that only looks at documents and the catalogue. */
  host: HostServices | null
}

export function hostOf(services: Services): HostServices {
  if (!services.host) throw serviceError('no-workspace')
  return services.host
}
