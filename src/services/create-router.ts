import { implementation } from './implementation.ts'
import { modelsHandlers } from './models-handlers.ts'
import { nodesHandlers } from './nodes-handlers.ts'
import { pipelinesHandlers } from './pipelines-handlers.ts'
import { predictionsHandlers } from './predictions-handlers.ts'
import { runsHandlers } from './runs-handlers.ts'
import type { Services } from './services.ts'
import { workspaceHandlers } from './workspace-handlers.ts'

/** A handler for every operation of the contract. */
export function createRouter(services: Services) {
  return implementation.router({
    pipelines: pipelinesHandlers(services),
    runs: runsHandlers(services),
    models: modelsHandlers(services),
    predictions: predictionsHandlers(services),
    nodes: nodesHandlers(services),
    workspace: workspaceHandlers(services),
  })
}
