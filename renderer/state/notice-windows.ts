import { z } from 'zod'
import type { AppStore } from './create-app-store.ts'

const messageSchema = z.discriminatedUnion('kind', [
  /** A window shows these files now. */
  z.object({ kind: z.literal('shows'), window: z.string(), paths: z.array(z.string()) }),
  /** A window wants to know what the others show. */
  z.object({ kind: z.literal('asks') }),
  z.object({ kind: z.literal('leaves'), window: z.string() }),
])
type Message = z.infer<typeof messageSchema>

/** Notices what other windows of the same browser have open: two that edit one file would undo each other's work. */
export function noticeWindows(store: AppStore): void {
  const channel = new BroadcastChannel('pipewright')
  const own = crypto.randomUUID()
  const others = new Map<string, readonly string[]>()
  const post: (message: Message) => void = channel.postMessage.bind(channel)
  const tellPaths = (): void => {
    const paths = Object.values(store.getState().tabs).map(({ path }) => path)
    post({ kind: 'shows', window: own, paths })
  }
  channel.addEventListener('message', ({ data }) => {
    const message = messageSchema.safeParse(data).data
    switch (message?.kind) {
      case 'asks':
        return tellPaths()
      case 'shows':
        others.set(message.window, message.paths)
        break
      case 'leaves':
        others.delete(message.window)
        break
      case undefined:
        return
    }
    store.getState().noteElsewhere([...new Set([...others.values()].flat())])
  })
  store.subscribe((state, before) => {
    if (state.tabOrder !== before.tabOrder) tellPaths()
  })
  addEventListener('pagehide', () => post({ kind: 'leaves', window: own }))
  // A page that comes back from the cache of the browser shows what it showed.
  addEventListener('pageshow', ({ persisted }) => persisted && tellPaths())
  post({ kind: 'asks' })
  tellPaths()
}
