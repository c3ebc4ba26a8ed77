import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'
import { writeDiagnostics } from './write-diagnostics.ts'

export function workspaceHandlers(services: Services) {
  const { workspace: operations } = implementation
  return {
    info: operations.info.handler(() => {
      const { workspace, version } = hostOf(services)
      return {
        folder: workspace.paths.folder,
        hostPid: process.pid,
        version,
        artifacts: workspace.tracking.artifacts.size(),
      }
    }),
    events: operations.events.handler(({ signal }) => {
      const { happenings, alerts } = hostOf(services)
      const events = happenings.follow(signal)
      alerts.somebodyLooks()
      return events
    }),
    diagnostics: operations.diagnostics.handler(async () => ({ path: await writeDiagnostics(services) })),
    gc: operations.gc.handler(async ({ input: { dryRun, verify, keepRuns } }) => {
      const { workspace, work } = hostOf(services)
      const collecting = (async () => {
        const verified = verify ? await workspace.artifacts.verify() : null
        const collected = await workspace.artifacts.collectGarbage({ keepRuns, dryRun })
        return { ...collected, verified }
      })()
      work.track(collecting)
      return collecting
    }),
  }
}
