import type { ReferenceRows } from '../../contract/reference-rows.ts'
import type { SpawnWorker } from '../../engine/worker-process.ts'
import type { Gauge } from '../server-protocol.ts'
import type { Workspace } from '../../storage/open-workspace.ts'

/** What deployments are run with. */
export interface DeploymentParts {
  workspace: Workspace
  spawnServer: SpawnWorker
  /** Held-out rows of what a model learned from, with the answers of batch scoring. */
  reference: (artifact: string, limit: number) => Promise<ReferenceRows>
  /** Processes of a deployment that does not say how many. */
  cores: number
  /** What is known of a deployment beside, for `/metrics`; nothing when absent. */
  gauges?: (name: string) => readonly Gauge[]
  onDefect: (error: unknown, during: string) => void
}

/** How an endpoint is reached from beyond this machine. */
export interface Exposure {
  host: string
  token: string | null
  allowedHosts: string[]
}

export const onlyHere: Exposure = { host: '127.0.0.1', token: null, allowedHosts: [] }
