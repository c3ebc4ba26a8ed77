import type { Client } from '../../src/contract/create-client.ts'
import type { PreviewedStepData } from '../../src/contract/pipelines-contract.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import type { AppStore } from './create-app-store.ts'
import { textOf } from './unsaved.ts'

const delayMs = 100

/** Has the steps of the active document previewed a moment after each edit. Gives a function that ends that. */
export function previewDocuments(store: AppStore, client: Client): () => void {
  const seen = new Map<string, Pipeline>()
  let waiting: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | undefined
  const stop = (): void => {
    clearTimeout(waiting)
    asking?.abort()
  }
  const ask = async (id: string): Promise<void> => {
    const tab = store.getState().tabs[id]
    if (!tab) return
    const call = new AbortController()
    asking = call
    const document = { path: tab.path, text: textOf(tab.document) }
    const told: Record<string, PreviewedStepData> = {}
    try {
      const steps = await client.pipelines.preview({ document, parameters: {} }, { signal: call.signal })
      for await (const step of steps) {
        if (call.signal.aborted) return
        told[step.node] = step
        store.getState().notePreview(id, { ...store.getState().previews[id], [step.node]: step })
      }
    } catch {
      // What keeps a document from being previewed is among its problems.
    }
    // What was not told again is not so any more.
    if (!call.signal.aborted) store.getState().notePreview(id, told)
  }
  const look = (): void => {
    const { tabs, activeTab, isPreviewing } = store.getState()
    for (const [id, { document }] of Object.entries(tabs)) {
      const before = seen.get(id)
      seen.set(id, document)
      if (before === undefined || before === document || id !== activeTab) continue
      stop()
      if (isPreviewing) waiting = setTimeout(() => void ask(id), delayMs)
    }
    for (const id of seen.keys()) if (!tabs[id]) seen.delete(id)
  }
  const unsubscribe = store.subscribe((state, before) => {
    if (state.tabs !== before.tabs) look()
    if (!state.isPreviewing && before.isPreviewing) stop()
  })
  look()
  return () => {
    unsubscribe()
    stop()
  }
}
