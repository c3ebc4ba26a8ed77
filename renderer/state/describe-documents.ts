import type { Client } from '../../src/contract/create-client.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { inTitles } from '../problems/in-titles.ts'
import type { AppStore } from './create-app-store.ts'
import { textOf } from './unsaved.ts'

const delayMs = 150

/** Asks the host what it makes of each open document, a moment after it changed. Gives a function that ends that. */
export function describeDocuments(store: AppStore, client: Client): () => void {
  const described = new Map<string, Pipeline>()
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()
  const asking = new Map<string, AbortController>()
  const ask = async (id: string): Promise<void> => {
    waiting.delete(id)
    const tab = store.getState().tabs[id]
    if (!tab) return
    const call = new AbortController()
    asking.get(id)?.abort()
    asking.set(id, call)
    try {
      const document = { path: tab.path, text: textOf(tab.document) }
      const answer = await client.pipelines.describe({ document, parameters: {} }, { signal: call.signal })
      if (call.signal.aborted) return
      const { definitions, noteDescription } = store.getState()
      const findings = answer.findings.map((finding) => inTitles(finding, tab.document, definitions))
      noteDescription(id, { ...answer, findings })
    } catch (error) {
      if (!call.signal.aborted) store.getState().tellError(error)
    }
  }
  const look = (): void => {
    const { tabs } = store.getState()
    for (const [id, { document, description }] of Object.entries(tabs)) {
      if (described.get(id) === document) continue
      described.set(id, document)
      clearTimeout(waiting.get(id))
      waiting.set(
        id,
        setTimeout(() => void ask(id), description ? delayMs : 0),
      )
    }
    for (const id of described.keys()) if (!tabs[id]) described.delete(id)
  }
  const unsubscribe = store.subscribe((state, before) => {
    if (state.tabs !== before.tabs) look()
  })
  look()
  return () => {
    unsubscribe()
    for (const timer of waiting.values()) clearTimeout(timer)
    for (const call of asking.values()) call.abort()
  }
}
