import { applyEdits } from '../../src/core/apply-edit.ts'
import { parsePipeline } from '../../src/core/parse-pipeline.ts'
import type { SliceContext } from './slice-context.ts'
import type { HistoryEntry, Tab } from './tab.ts'
import type { DocumentSlice } from './document-slice.ts'

export function createDocumentSlice({ set, get }: SliceContext): DocumentSlice {
  const change = (id: string, part: Partial<Tab>): void =>
    set(({ tabs }) => ({ tabs: { ...tabs, [id]: { ...tabs[id]!, ...part } } }))
  const active = (): Tab | undefined => {
    const { activeTab, tabs } = get()
    return activeTab === null ? undefined : tabs[activeTab]
  }
  /** Takes the newest entry of one stack and puts its inverse on the other. */
  const travel = (from: 'undo' | 'redo', to: 'undo' | 'redo'): void => {
    const tab = active()
    const entry = tab?.[from].at(-1)
    if (!tab || !entry) return
    const { pipeline, inverse } = applyEdits(tab.document, entry.edits)
    const back: HistoryEntry = { title: entry.title, edits: inverse }
    change(tab.id, { document: pipeline, [from]: tab[from].slice(0, -1), [to]: [...tab[to], back] })
  }
  return {
    tabs: {},
    tabOrder: [],
    activeTab: null,
    openDocument({ path, text, revision }) {
      const open = Object.values(get().tabs).find((tab) => tab.path === path)
      if (open) {
        get().activateTab(open.id)
        return open.id
      }
      try {
        const document = parsePipeline(text)
        const tab: Tab = {
          id: crypto.randomUUID(),
          path,
          document,
          savedText: revision === null ? null : text,
          revision,
          undo: [],
          redo: [],
          description: null,
          runId: null,
          changedOnDisk: null,
        }
        set(({ tabs, tabOrder }) => ({ tabs: { ...tabs, [tab.id]: tab }, tabOrder: [...tabOrder, tab.id] }))
        get().activateTab(tab.id)
        return tab.id
      } catch (error) {
        get().tellError(error)
        return null
      }
    },
    activateTab: (id) => set({ activeTab: id, view: 'pipeline', selectedNodes: [], selectedEdges: [] }),
    closeTab(id) {
      const { tabs, tabOrder, activeTab } = get()
      const { [id]: _closed, ...rest } = tabs
      const order = tabOrder.filter((tab) => tab !== id)
      set({ tabs: rest, tabOrder: order })
      if (activeTab !== id) return
      const next = order[Math.min(tabOrder.indexOf(id), order.length - 1)]
      if (next !== undefined) return get().activateTab(next)
      set({ activeTab: null, view: 'start', selectedNodes: [], selectedEdges: [] })
    },
    applyEdits(title, edits) {
      const tab = active()
      if (!tab || edits.length === 0) return false
      try {
        const { pipeline, inverse } = applyEdits(tab.document, edits)
        change(tab.id, { document: pipeline, undo: [...tab.undo, { title, edits: inverse }], redo: [] })
        return true
      } catch (error) {
        get().tellError(error)
        return false
      }
    },
    undo: () => travel('undo', 'redo'),
    redo: () => travel('redo', 'undo'),
    showRun: (tab, run) => change(tab, { runId: run }),
  }
}
