import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Composition } from './composition.ts'

// The sources run as they are; the published package holds the same tree as JavaScript.
const extension = extname(import.meta.filename)
const runners = fileURLToPath(new URL(`../../nodes/runners${extension}`, import.meta.url))
// `dist` holds what is built; what is not stays beside it.
const isBuilt = extension === '.js'
const templates = fileURLToPath(new URL(isBuilt ? '../../../examples' : '../../examples', import.meta.url))
const renderer = fileURLToPath(new URL(isBuilt ? '../../renderer' : '../../dist/renderer', import.meta.url))

/** The modules that worker processes begin with. */
export const entries = {
  stepWorker: fileURLToPath(new URL(`step-worker/main${extension}`, import.meta.url)),
  viewer: fileURLToPath(new URL(`viewer/main${extension}`, import.meta.url)),
  modelServer: fileURLToPath(new URL(`model-server/main${extension}`, import.meta.url)),
}

/** The nodes that come with Pipewright, their work done in processes of Node. */
export const builtInComposition: Composition = {
  definitions: async () => (await import('../../nodes/definitions.ts')).nodeDefinitions,
  fingerprints: async () => (await import('../engine/runner-fingerprint.ts')).fingerprintsOfSources(runners),
  spawnWorker: async (environment) =>
    (await import('../engine/fork-worker.ts')).forkWorker(entries.stepWorker, environment),
  spawnViewer: async (environment) =>
    (await import('../engine/fork-worker.ts')).forkWorker(entries.viewer, environment),
  spawnServer: async (environment) =>
    (await import('../engine/fork-worker.ts')).forkWorker(entries.modelServer, environment, 'requests'),
  seal: () => null,
  templates,
  renderer,
}
