import { applyEdits } from '../../src/core/apply-edit.ts'
import { formatPipeline } from '../../src/core/format-pipeline.ts'
import { parsePipeline } from '../../src/core/parse-pipeline.ts'
import type { DocumentSlice } from './document-slice.ts'
import { refusal } from './refusal.ts'
import { isUnsaved } from './unsaved.ts'
import { editsFromScope, pipelineAt, type Scope } from './scope.ts'
import type { SliceContext } from './slice-context.ts'
import { newTab, travelled, type Tab } from './tab.ts'

export function createDocumentSlice({ set, get, client, choosePath }: SliceContext): DocumentSlice {
  const change = (id: string, part: Partial<Tab>): void =>
    set(({ tabs }) => (tabs[id] ? { tabs: { ...tabs, [id]: { ...tabs[id], ...part } } } : {}))
  const tabOf = (id: string | null = get().activeTab): Tab | undefined =>
    id === null ? undefined : get().tabs[id]
  const scopeOf = ({ document, scope }: Tab): Scope => pipelineAt(document, scope).scope
  const told = <Answer>(work: () => Answer): Answer | null => {
    try {
      return work()
    } catch (error) {
      get().tellError(error)
      return null
    }
  }
  const travel = (direction: 'undo' | 'redo'): void => {
    const tab = tabOf()
    if (!tab || tab[direction].length === 0) return
    const changed = told(() => travelled(tab, direction))
    if (changed) change(tab.id, changed)
  }
  return {
    tabs: {},
    tabOrder: [],
    activeTab: null,
    openDocument(file, draft) {
      const open = Object.values(get().tabs).find((tab) => tab.path === file.path)
      const tab = open ?? told(() => newTab(file, draft))
      if (!tab) return null
      if (!open)
        set(({ tabs, tabOrder }) => ({ tabs: { ...tabs, [tab.id]: tab }, tabOrder: [...tabOrder, tab.id] }))
      get().activateTab(tab.id)
      if (!open) void get().recallLatest(tab.id)
      return tab.id
    },
    async openPath(path, { isAgain } = { isAgain: false }) {
      try {
        get().openDocument(await client.files.open({ path, isAgain }))
      } catch (error) {
        get().tellError(error)
      }
    },
    async chooseAndOpen() {
      if (!choosePath) return get().openOverlay('open')
      const path = await choosePath('pipeline')
      if (path !== null) await get().openPath(path)
    },
    async createPipeline() {
      try {
        get().openDocument(await client.files.create({ folder: null, name: 'Untitled' }))
      } catch (error) {
        get().tellError(error)
      }
    },
    activateTab(id) {
      set({ activeTab: id, view: 'pipeline', selectedNodes: [], selectedEdges: [] })
      get().keepToastsOf(id)
    },
    closeTab(id, { discard } = { discard: false }) {
      const { tabs, tabOrder, activeTab } = get()
      const tab = tabs[id]
      if (!tab) return
      if (!discard && isUnsaved(tab)) return get().askToClose(id)
      const { [id]: _closed, ...rest } = tabs
      const order = tabOrder.filter((other) => other !== id)
      set({ tabs: rest, tabOrder: order, closing: null })
      if (activeTab !== id) return
      const next = order[Math.min(tabOrder.indexOf(id), order.length - 1)]
      if (next !== undefined) return get().activateTab(next)
      set({ activeTab: null, view: 'start', selectedNodes: [], selectedEdges: [] })
    },
    applyEdits(title, edits) {
      const tab = tabOf()
      const edited =
        tab &&
        edits.length > 0 &&
        told(() => applyEdits(tab.document, editsFromScope(tab.document, scopeOf(tab), edits)))
      if (!edited) return false
      const { pipeline, inverse } = edited
      change(tab.id, { document: pipeline, undo: [...tab.undo, { title, edits: inverse }], redo: [] })
      return true
    },
    enterNode(node) {
      const tab = tabOf()
      const scope = tab && [...scopeOf(tab), node]
      if (!tab || !scope || pipelineAt(tab.document, scope).scope.length < scope.length) return false
      change(tab.id, { scope })
      get().select({})
      return true
    },
    leaveNode() {
      const tab = tabOf()
      const left = tab && scopeOf(tab).at(-1)
      if (!tab || left === undefined) return
      change(tab.id, { scope: scopeOf(tab).slice(0, -1) })
      get().select({ nodes: [left] })
    },
    undo: () => travel('undo'),
    redo: () => travel('redo'),
    async save(id) {
      const tab = tabOf(id)
      if (!tab) return false
      try {
        const text = formatPipeline(tab.document)
        const answer = await client.files.save({ path: tab.path, text, basedOn: tab.revision })
        if (answer.outcome === 'saved') {
          change(tab.id, {
            savedText: text,
            revision: answer.revision,
            changedOnDisk: null,
            restoredAt: null,
          })
          return true
        }
        const { revision, text: onDisk } = answer
        get().noteDiskChange(tab.id, revision === null || onDisk === null ? null : { revision, text: onDisk })
      } catch (error) {
        get().tellError(error)
      }
      return false
    },
    hasSystemDialogs: choosePath !== null,
    async saveAs() {
      const tab = tabOf()
      const path = tab && choosePath ? await choosePath('save-pipeline', tab.path) : null
      if (!tab || path === null) return
      if (path === tab.path) return void get().save(tab.id)
      try {
        const text = formatPipeline(tab.document)
        const first = await client.files.save({ path, text, basedOn: null })
        // The dialog has asked whether a file that is there may be replaced.
        if (first.outcome !== 'saved') await client.files.save({ path, text, basedOn: first.revision })
        get().closeTab(tab.id, { discard: true })
        await get().openPath(path)
      } catch (error) {
        get().tellError(error)
      }
    },
    noteDiskChange(id, content) {
      const tab = tabOf(id)
      if (!tab || content?.revision === tab.revision) return
      if (content && content.text === formatPipeline(tab.document))
        return change(id, { savedText: content.text, revision: content.revision, changedOnDisk: null })
      change(id, { changedOnDisk: content ?? 'gone' })
      if (!content || isUnsaved(tab)) return
      get().resolveDiskChange(id, 'file')
      get().tell({
        tone: 'info',
        message: `“${tab.document.name}” has changed on disk and was loaded again.`,
      })
    },
    resolveDiskChange(id, take) {
      const tab = tabOf(id)
      const content = tab?.changedOnDisk
      if (!tab || !content) return
      if (content === 'gone') return change(id, { revision: null, savedText: null, changedOnDisk: null })
      const { revision, text } = content
      if (take === 'mine') return change(id, { revision, savedText: text, changedOnDisk: null })
      const document = told(() => parsePipeline(text))
      if (document)
        change(id, { document, revision, savedText: text, changedOnDisk: null, undo: [], redo: [] })
    },
    forgetRestored(id) {
      const tab = tabOf(id)
      const document = tab && tab.savedText !== null ? told(() => parsePipeline(tab.savedText!)) : null
      if (document) change(id, { document, restoredAt: null, undo: [], redo: [] })
    },
    noteDescription(id, description) {
      change(id, { description })
      if (!description.findings.some(({ severity }) => severity === 'error')) get().withdrawToast(refusal(id))
    },
    showRun: (id, run) => change(id, { runId: run }),
  }
}
