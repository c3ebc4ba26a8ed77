import { z } from 'zod'
import type { AppStore } from '../state/create-app-store.ts'

const placeSchema = z.object({
  view: z.enum(['start', 'pipeline', 'runs', 'models', 'serving', 'monitoring']),
  /** Of the pipeline that is shown. */
  path: z.string().nullable(),
})
type Place = z.infer<typeof placeSchema>

/** Lets Back and Forward lead through what was shown, as they do on any page. */
export function followHistory(store: AppStore): void {
  const place = (): Place => {
    const { view, activeTab, tabs } = store.getState()
    return { view, path: view === 'pipeline' && activeTab !== null ? (tabs[activeTab]?.path ?? null) : null }
  }
  let shown = place()
  history.replaceState(shown, '')
  store.subscribe((state, before) => {
    if (state.view === before.view && state.activeTab === before.activeTab) return
    const next = place()
    if (next.view === shown.view && next.path === shown.path) return
    shown = next
    history.pushState(next, '')
  })
  addEventListener('popstate', ({ state }) => {
    const wanted = placeSchema.safeParse(state).data
    if (!wanted) return
    // What follows is where the history is already.
    shown = wanted
    const { tabs, activateTab, openPath, show } = store.getState()
    const tab = Object.values(tabs).find(({ path }) => path === wanted.path)
    if (tab) activateTab(tab.id)
    else if (wanted.path === null) show(wanted.view)
    else void openPath(wanted.path, { isAgain: true })
  })
}
