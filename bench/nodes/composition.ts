import { fileURLToPath } from 'node:url'
import { nodeDefinitions } from '../../nodes/definitions.ts'
import { forkWorker } from '../../src/engine/fork-worker.ts'
import {
  fingerprintsOfSources,
  type CodeFingerprints,
  type RunnerFingerprints,
} from '../../src/engine/runner-fingerprint.ts'
import { builtInComposition } from '../../src/hosts/built-in-composition.ts'
import type { Composition } from '../../src/hosts/composition.ts'
import { fitLogistic, passOn, takeMatrix } from './definitions.ts'

const own = [takeMatrix, fitLogistic, passOn]

const bothOf = (builtIn: CodeFingerprints, ours: CodeFingerprints): CodeFingerprints => ({
  of: (type) => (own.some(({ id }) => id === type) ? ours : builtIn).of(type),
  all: () => `${builtIn.all()} ${ours.all()}`,
})

/** The built-in nodes, and those that only benchmarks have. */
export const benchComposition: Composition = {
  ...builtInComposition,
  renderer: process.env['PIPEWRIGHT_BENCH_RENDERER'] ?? builtInComposition.renderer,
  definitions: () => Promise.resolve([...nodeDefinitions, ...own]),
  async fingerprints(): Promise<RunnerFingerprints> {
    const builtIn = await builtInComposition.fingerprints()
    const ours = fingerprintsOfSources(fileURLToPath(import.meta.resolve('./runners.ts')))
    return {
      ...bothOf(builtIn, ours),
      snapshot: () => bothOf(builtIn.snapshot(), ours.snapshot()),
    }
  },
  spawnWorker: (environment) =>
    Promise.resolve(forkWorker(fileURLToPath(import.meta.resolve('./step-worker.ts')), environment)),
}
