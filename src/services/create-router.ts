import { lazy, type AnyRouter } from '@orpc/server'
import { implementation } from './implementation.ts'
import { pipelinesHandlers } from './pipelines-handlers.ts'
import { runsHandlers } from './runs-handlers.ts'
import type { Services } from './services.ts'

/** A handler for every operation of the contract; what no run asks for is loaded when it is asked for first. */
export function createRouter(services: Services) {
  return implementation.router({
    pipelines: pipelinesHandlers(services),
    runs: runsHandlers(services),
    models: onDemand(async () => {
      const [{ modelsHandlers }, { environmentsHandlers }] = await Promise.all([
        import('./models-handlers.ts'),
        import('./environments-handlers.ts'),
      ])
      return { ...modelsHandlers(services), ...environmentsHandlers(services) }
    }),
    predictions: onDemand(async () =>
      (await import('./predictions-handlers.ts')).predictionsHandlers(services),
    ),
    deployments: onDemand(async () =>
      (await import('./deployments-handlers.ts')).deploymentsHandlers(services),
    ),
    alerts: onDemand(async () => (await import('./alerts-handlers.ts')).alertsHandlers(services)),
    monitoring: onDemand(async () => (await import('./monitoring-handlers.ts')).monitoringHandlers(services)),
    automation: onDemand(async () => (await import('./automation-handlers.ts')).automationHandlers(services)),
    retraining: onDemand(async () => (await import('./retraining-handlers.ts')).retrainingHandlers(services)),
    labels: onDemand(async () => (await import('./labelling-handlers.ts')).labellingHandlers(services)),
    nodes: onDemand(async () => (await import('./nodes-handlers.ts')).nodesHandlers(services)),
    tables: onDemand(async () => (await import('./tables-handlers.ts')).tablesHandlers(services)),
    expressions: onDemand(async () =>
      (await import('./expressions-handlers.ts')).expressionsHandlers(services),
    ),
    files: onDemand(async () => (await import('./files-handlers.ts')).filesHandlers(services)),
    templates: onDemand(async () => (await import('./templates-handlers.ts')).templatesHandlers(services)),
    starter: onDemand(async () => (await import('./starter-handlers.ts')).starterHandlers(services)),
    secrets: onDemand(async () => (await import('./secrets-handlers.ts')).secretsHandlers(services)),
    settings: onDemand(async () => (await import('./settings-handlers.ts')).settingsHandlers(services)),
    workspace: onDemand(async () => (await import('./workspace-handlers.ts')).workspaceHandlers(services)),
  })
}

/** Handlers that are made once, however many operations and connections ask for them. */
function onDemand<Handlers extends AnyRouter>(load: () => Promise<Handlers>) {
  let loading: Promise<{ default: Handlers }> | undefined
  return lazy(() => (loading ??= load().then((handlers) => ({ default: handlers }))))
}
