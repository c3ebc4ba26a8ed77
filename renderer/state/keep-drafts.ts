import type { Client } from '../../src/contract/create-client.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import type { AppStore } from './create-app-store.ts'
import type { Tab } from './tab.ts'
import { isUnsaved, textOf } from './unsaved.ts'

const delayMs = 1000

/**
 * Keeps what is not saved with the host, a moment after each change, and forgets it when it is saved or given up: what
 * is there when the app starts was lost. Gives a function that ends that.
 */
export function keepDrafts(store: AppStore, client: Client): () => void {
  const kept = new Map<string, Pipeline>()
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()
  const tellError = (error: unknown): void => store.getState().tellError(error)
  const keep = ({ id, path, document, revision }: Tab): void => {
    waiting.delete(id)
    kept.set(path, document)
    client.files.saveDraft({ path, text: textOf(document), basedOn: revision }).catch(tellError)
  }
  const forget = (path: string): void => {
    if (kept.delete(path)) client.files.dropDraft({ path }).catch(tellError)
  }
  const unsubscribe = store.subscribe(({ tabs }, before) => {
    if (tabs === before.tabs) return
    for (const tab of Object.values(tabs)) {
      const old = before.tabs[tab.id]
      if (old?.document === tab.document && old.savedText === tab.savedText) continue
      clearTimeout(waiting.get(tab.id))
      if (!isUnsaved(tab)) forget(tab.path)
      else if (tab.restoredAt !== null && tab.undo.length === 0) kept.set(tab.path, tab.document)
      else waiting.set(tab.id, setTimeout(keep, delayMs, tab))
    }
    for (const tab of Object.values(before.tabs)) {
      if (tabs[tab.id]) continue
      clearTimeout(waiting.get(tab.id))
      forget(tab.path)
    }
  })
  for (const tab of Object.values(store.getState().tabs))
    if (isUnsaved(tab)) waiting.set(tab.id, setTimeout(keep, delayMs, tab))
  return () => {
    unsubscribe()
    for (const timer of waiting.values()) clearTimeout(timer)
  }
}

/** Opens again what was not saved when the app ended. */
export async function restoreDrafts(store: AppStore, client: Client): Promise<void> {
  try {
    const { drafts } = await client.files.drafts()
    for (const { path, text, at } of drafts) {
      const file = await client.files.open({ path, isAgain: true })
      if (file.text === text) await client.files.dropDraft({ path })
      else store.getState().openDocument(file, { text, at })
    }
  } catch (error) {
    store.getState().tellError(error)
  }
}
