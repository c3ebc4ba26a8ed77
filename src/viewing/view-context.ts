import type { CancelSignal, RunContext } from '../node-kit/run-context.ts'
import { openLayeredArtifacts } from '../engine/layered-artifacts.ts'
import type { ViewerSetup } from './view-calls.ts'

/** What the parts below work with, for somebody who only looks: nothing that is written outlives the viewer. */
export function createViewContext(setup: ViewerSetup, signal: CancelSignal): RunContext {
  const { artifacts: roots, work, threads, memoryMb } = setup
  return {
    node: 'viewer',
    feeds: {},
    failed: [],
    seed: 0,
    signal,
    threads,
    memoryMb,
    workFolder: work,
    artifacts: openLayeredArtifacts({ roots, staging: work }),
    deployments: { apply: refuse },
    retraining: { apply: refuse },
    monitors: { apply: refuse },
    predictionLogs: { open: refuse },
    models: { register: refuse, resolve: refuse, resolveVersion: refuse },
    runItem: refuse,
    readSecret: refuse,
    resolvePath: (path) => path,
    progress: () => {},
    log: () => {},
    effect: () => {},
    fail: (code) => {
      throw new TypeError(`a viewer met the failure ${code} of a node`)
    },
  }
}

function refuse(): never {
  throw new TypeError('a viewer only looks')
}
