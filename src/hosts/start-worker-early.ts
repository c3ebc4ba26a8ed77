import { openSettings } from '../services/settings-store.ts'
import type { Composition } from './composition.ts'
import { workerEnvironment } from './worker-environment.ts'

/**
 * Starts a step worker before the host is there to use it: they take about as long to load, and a second core is free.
 * The composition that is given hands it out first.
 */
export async function startWorkerEarly(
  composition: Composition,
): Promise<{ composition: Composition; drop(): void }> {
  const spawn = await composition.spawnWorker(workerEnvironment(openSettings().read()))
  const early = [spawn()]
  return {
    composition: {
      ...composition,
      async spawnWorker(environment) {
        const spawnMore = await composition.spawnWorker(environment)
        return () => early.pop() ?? spawnMore()
      },
    },
    drop: () => early.pop()?.kill(),
  }
}
