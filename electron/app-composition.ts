import { builtInComposition, entries } from '../src/hosts/built-in-composition.ts'
import type { Composition } from '../src/hosts/composition.ts'
import { spawnUtility } from './spawn-utility.ts'
import { systemSeal } from './system-seal.ts'

/** The nodes that come with Pipewright, their work done in utility processes. */
export const appComposition: Composition = {
  ...builtInComposition,
  spawnWorker: async (env) => spawnUtility(entries.stepWorker, { serviceName: 'Pipewright step', env }),
  spawnViewer: async (env) => spawnUtility(entries.viewer, { serviceName: 'Pipewright viewer', env }),
  spawnServer: async (env) =>
    spawnUtility(entries.modelServer, { serviceName: 'Pipewright model server', env }),
  seal: systemSeal,
}
