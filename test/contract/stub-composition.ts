import { join } from 'node:path'
import { forkWorker } from '../../src/engine/fork-worker.ts'
import { fingerprintsOfSources } from '../../src/engine/runner-fingerprint.ts'
import type { Composition } from '../../src/hosts/composition.ts'
import { stubDefinitions } from '../fixtures/stub-nodes/definitions.ts'

const viewer = join(import.meta.dirname, '../../src/hosts/viewer/main.ts')
const modelServer = join(import.meta.dirname, '../../src/hosts/model-server/main.ts')
const stubNodes = join(import.meta.dirname, '..', 'fixtures', 'stub-nodes')

/** A host whose nodes do what tests tell them. */
export const stubComposition: Composition = {
  definitions: async () => stubDefinitions,
  fingerprints: async () => fingerprintsOfSources(join(stubNodes, 'runners.ts')),
  spawnWorker: async (environment) => forkWorker(join(stubNodes, 'worker.ts'), environment),
  spawnViewer: async (environment) => forkWorker(viewer, environment),
  spawnServer: async (environment) => forkWorker(modelServer, environment),
  seal: () => null,
  templates: join(import.meta.dirname, '../../examples'),
  renderer: process.env['STUB_RENDERER'] ?? '',
}
