import { alertsHandlers } from './alerts-handlers.ts'
import { automationHandlers } from './automation-handlers.ts'
import { deploymentsHandlers } from './deployments-handlers.ts'
import { environmentsHandlers } from './environments-handlers.ts'
import { expressionsHandlers } from './expressions-handlers.ts'
import { filesHandlers } from './files-handlers.ts'
import { implementation } from './implementation.ts'
import { labellingHandlers } from './labelling-handlers.ts'
import { modelsHandlers } from './models-handlers.ts'
import { monitoringHandlers } from './monitoring-handlers.ts'
import { nodesHandlers } from './nodes-handlers.ts'
import { pipelinesHandlers } from './pipelines-handlers.ts'
import { predictionsHandlers } from './predictions-handlers.ts'
import { retrainingHandlers } from './retraining-handlers.ts'
import { runsHandlers } from './runs-handlers.ts'
import type { Services } from './services.ts'
import { secretsHandlers } from './secrets-handlers.ts'
import { settingsHandlers } from './settings-handlers.ts'
import { starterHandlers } from './starter-handlers.ts'
import { tablesHandlers } from './tables-handlers.ts'
import { templatesHandlers } from './templates-handlers.ts'
import { workspaceHandlers } from './workspace-handlers.ts'

/** A handler for every operation of the contract. */
export function createRouter(services: Services) {
  return implementation.router({
    pipelines: pipelinesHandlers(services),
    runs: runsHandlers(services),
    models: { ...modelsHandlers(services), ...environmentsHandlers(services) },
    predictions: predictionsHandlers(services),
    deployments: deploymentsHandlers(services),
    alerts: alertsHandlers(services),
    monitoring: monitoringHandlers(services),
    automation: automationHandlers(services),
    retraining: retrainingHandlers(services),
    labels: labellingHandlers(services),
    nodes: nodesHandlers(services),
    tables: tablesHandlers(services),
    expressions: expressionsHandlers(services),
    files: filesHandlers(services),
    templates: templatesHandlers(services),
    starter: starterHandlers(services),
    secrets: secretsHandlers(services),
    settings: settingsHandlers(services),
    workspace: workspaceHandlers(services),
  })
}
