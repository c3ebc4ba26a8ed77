import type { RunEventData } from '../../src/contract/run-event.ts'
import { reportOf } from '../../src/core/errors.ts'
import { parsePipeline } from '../../src/core/parse-pipeline.ts'
import { activeFileOf } from './active.ts'
import { refusal } from './refusal.ts'
import { newRun, withoutUnfinished, withRunEvents, type RunView } from './run-view.ts'
import type { RunsSlice } from './runs-slice.ts'
import type { SliceContext } from './slice-context.ts'
import { textOf } from './unsaved.ts'

/** What is heard of a run is drawn together: there may be thousands of events a second. */
const frameMs = 50

export function createRunsSlice({ set, get, client }: SliceContext): RunsSlice {
  const followed = new Set<string>()
  const update = (run: RunView): void => set(({ runs }) => ({ runs: { ...runs, [run.id]: run } }))
  return {
    runs: {},
    trustQuestion: null,
    async startRun(scope = {}, { trust } = { trust: false }) {
      const { activeTab, tabs } = get()
      const tab = activeTab === null ? undefined : tabs[activeTab]
      if (!tab) return
      const { to, from } = scope
      set({ trustQuestion: null })
      try {
        const answer = await client.runs.start({
          document: { path: tab.path, text: textOf(tab.document) },
          parameters: {},
          ...(to && { to: [...to] }),
          ...(from && { from: [...from] }),
          trust,
          tied: false,
        })
        if (answer.outcome === 'refused') {
          const message = 'The pipeline has problems that keep it from running.'
          get().tell({ tone: 'bad', message, about: refusal(tab.id) })
          return get().togglePanel('problems', true)
        }
        get().withdrawToast(refusal(tab.id))
        update(newRun(answer.run, tab.document))
        get().showRun(tab.id, answer.run)
        await get().followRun(answer.run)
        get().showResults(answer.run)
      } catch (error) {
        const { code, message } = reportOf(error)
        if (code === 'trust.needed' || code === 'trust.sends') set({ trustQuestion: { scope, message } })
        else get().tellError(error)
      }
    },
    async forgetResults(steps) {
      const tab = activeFileOf(get())
      if (!tab) return
      try {
        const { nodes } = await client.pipelines.forget({
          document: { path: tab.path, text: textOf(tab.document) },
          nodes: [...steps],
        })
        const what = nodes.length === 1 ? 'One step runs' : `${nodes.length} steps run`
        get().tell({ tone: 'info', message: `${what} again with the next run, changed or not.` })
      } catch (error) {
        get().tellError(error)
      }
    },
    async cancelRun() {
      const { activeTab, tabs } = get()
      const run = activeTab === null ? null : (tabs[activeTab]?.runId ?? null)
      if (run === null) return
      try {
        await client.runs.cancel({ run })
      } catch (error) {
        get().tellError(error)
      }
    },
    async followRun(run) {
      if (followed.has(run)) return
      followed.add(run)
      let heard: RunEventData[] = []
      const show = (): void => {
        if (heard.length > 0) update(withRunEvents(get().runs[run] ?? newRun(run, null), heard))
        heard = []
      }
      const showing = setInterval(show, frameMs)
      try {
        const after = get().runs[run]?.sequence ?? 0
        for await (const event of await client.runs.events({ run, after })) heard.push(event)
      } catch (error) {
        get().tellError(error)
      } finally {
        clearInterval(showing)
        show()
        followed.delete(run)
      }
    },
    async recallRun(tab, { id, status }) {
      try {
        const { text } = await client.runs.document({ run: id })
        const known = get().runs[id]
        update({
          ...(known ?? newRun(id, null)),
          status: known?.status ?? status,
          document: parsePipeline(text),
        })
        get().showRun(tab, id)
        await get().followRun(id)
        if (status === 'running') get().showResults(id)
        if (status === 'interrupted') update(withoutUnfinished(get().runs[id]!))
      } catch (error) {
        get().tellError(error)
      }
    },
    async recallLatest(id) {
      const isFree = (): boolean => get().tabs[id]?.runId === null
      const tab = get().tabs[id]
      if (!tab || !isFree()) return
      try {
        const { runs } = await client.runs.list({ pipelineId: tab.document.id, limit: 1 })
        if (runs[0] && isFree()) await get().recallRun(id, runs[0])
      } catch (error) {
        get().tellError(error)
      }
    },
    showResults(id) {
      const { runs, activeTab, tabs, panels, selectedNodes, isDockDismissed } = get()
      const run = runs[id]
      if (run?.status !== 'done' || activeTab === null || tabs[activeTab]?.runId !== id) return
      if (!panels.dock && isDockDismissed) return
      const telling = run.order.findLast((node) =>
        Object.values(run.steps[node]?.outputs ?? {}).some(({ kind }) => kind === 'report'),
      )
      if (selectedNodes.length === 0 && telling !== undefined) get().select({ nodes: [telling] })
      get().togglePanel('dock', true)
    },
    forgetTrustQuestion: () => set({ trustQuestion: null }),
  }
}
