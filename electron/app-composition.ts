import { builtInComposition, entries } from '../src/hosts/built-in-composition.ts'
import type { Composition } from '../src/hosts/composition.ts'
import { spawnUtility } from './spawn-utility.ts'

/** The nodes that come with Pipewright, their work done in utility processes. */
export const appComposition: Composition = {
  ...builtInComposition,
  spawnWorker: async () => spawnUtility(entries.stepWorker, 'Pipewright step'),
  spawnViewer: async () => spawnUtility(entries.viewer, 'Pipewright viewer'),
}
