import type { AppStore } from './create-app-store.ts'

/** Takes up again the runs that go on, as far as they are known. */
export function followRuns(store: AppStore): void {
  const { runs, followRun } = store.getState()
  for (const { id, status } of Object.values(runs)) if (status === 'running') void followRun(id)
}
