import { fileURLToPath } from 'node:url'
import type { Composition } from './composition.ts'

const runners = fileURLToPath(new URL('../../nodes/runners.ts', import.meta.url))
const stepWorker = fileURLToPath(new URL('step-worker/main.ts', import.meta.url))

/** The nodes that come with Pipewright, their work done in processes of Node. */
export const builtInComposition: Composition = {
  definitions: async () => (await import('../../nodes/definitions.ts')).nodeDefinitions,
  fingerprints: async () => (await import('../engine/runner-fingerprint.ts')).fingerprintsOfSources(runners),
  spawnWorker: async () => (await import('../engine/fork-worker.ts')).forkWorker(stepWorker),
}
