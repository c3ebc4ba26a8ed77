import type { RunnerFingerprints } from '../engine/runner-fingerprint.ts'
import type { SpawnWorker } from '../engine/worker-process.ts'
import type { AnyNodeDefinition } from '../node-kit/define-node.ts'
import type { Seal } from '../services/secrets/keep-sealed.ts'

/** What a host is put together from: which nodes there are, and how their work is done. */
export interface Composition {
  definitions(): Promise<readonly AnyNodeDefinition[]>
  fingerprints(): Promise<RunnerFingerprints>
  spawnWorker(environment: NodeJS.ProcessEnv): Promise<SpawnWorker>
  /** What looks into tables, models and files. */
  spawnViewer(environment: NodeJS.ProcessEnv): Promise<SpawnWorker>
  /** What answers over HTTP for a deployment. */
  spawnServer(environment: NodeJS.ProcessEnv): Promise<SpawnWorker>
  /** What the system encrypts for this user; null where nothing does. */
  seal(): Seal | null
  /** The folders of the templates, and of the built window. */
  templates: string
  renderer: string
}
