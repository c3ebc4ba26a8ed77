import type { Client } from '../../src/contract/create-client.ts'
import type { AppStore } from './create-app-store.ts'

type KnownFile = Parameters<Client['files']['watch']>[0]['files'][number]

/** Notices when others write the files that are open. Gives a function that ends that. */
export function watchFiles(store: AppStore, client: Client): () => void {
  let watching = { paths: '', stop: new AbortController() }
  const watch = async (files: KnownFile[], signal: AbortSignal): Promise<void> => {
    try {
      for await (const { path, revision } of await client.files.watch({ files }, { signal })) {
        const tab = Object.values(store.getState().tabs).find((each) => each.path === path)
        if (!tab || tab.revision === revision) continue
        const content = revision === null ? null : await client.files.open({ path, isAgain: true })
        store.getState().noteDiskChange(tab.id, content)
      }
    } catch (error) {
      if (!signal.aborted) store.getState().tellError(error)
    }
  }
  const follow = (): void => {
    const files = Object.values(store.getState().tabs).map(({ path, revision }) => ({ path, revision }))
    const paths = files
      .map(({ path }) => path)
      .toSorted()
      .join('\n')
    if (paths === watching.paths) return
    watching.stop.abort()
    watching = { paths, stop: new AbortController() }
    if (files.length > 0) void watch(files, watching.stop.signal)
  }
  const unsubscribe = store.subscribe((state, before) => {
    if (state.tabOrder !== before.tabOrder) follow()
  })
  follow()
  return () => {
    unsubscribe()
    watching.stop.abort()
  }
}
