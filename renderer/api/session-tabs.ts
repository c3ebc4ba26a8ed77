import { z } from 'zod'
import type { AppStore } from '../state/create-app-store.ts'

const key = 'pipewright-tabs'
const sessionSchema = z.object({ paths: z.array(z.string()), active: z.string().nullable() })

/** Remembers which files are open, for as long as the window lives: a reload brings them back. */
export function rememberTabs(store: AppStore): void {
  store.subscribe(({ tabOrder, activeTab, tabs, view }, before) => {
    if (tabOrder === before.tabOrder && activeTab === before.activeTab && view === before.view) return
    const paths = tabOrder.map((id) => tabs[id]!.path)
    // While a tab closes it is still the active one for a moment.
    const shown = activeTab === null || view !== 'pipeline' ? undefined : tabs[activeTab]
    sessionStorage.setItem(key, JSON.stringify({ paths, active: shown?.path ?? null }))
  })
}

/** Opens what was open before a reload. */
export async function reopenTabs(store: AppStore): Promise<void> {
  const kept = sessionSchema.safeParse(JSON.parse(sessionStorage.getItem(key) ?? 'null')).data
  if (!kept) return
  for (const path of kept.paths) await store.getState().openPath(path, { isAgain: true })
  const active = Object.values(store.getState().tabs).find(({ path }) => path === kept.active)
  if (active) store.getState().activateTab(active.id)
  else store.getState().show('start')
}
