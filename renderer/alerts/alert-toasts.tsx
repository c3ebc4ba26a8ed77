import { useRef } from 'react'
import type { WorkspaceEvent } from '../../src/contract/workspace-event.ts'
import { useNative } from '../api/native-context.ts'
import { useWorkspaceEvents } from '../api/use-workspace-events.ts'
import { useAppStore } from '../state/store.ts'

type Told = Extract<WorkspaceEvent, { event: 'alert-raised' | 'alert-resolved' }>

const mostKnown = 500

/** Shows alerts as messages of the window, and in a browser as notifications of the system. Each once. */
export function AlertToasts() {
  const store = useAppStore()
  const native = useNative()
  const known = useRef<string[]>([])
  const isNews = ({ channel, event, key }: Told): boolean => {
    const name = `${channel} ${event} ${key}`
    if (known.current.includes(name)) return false
    known.current = [...known.current, name].slice(-mostKnown)
    return true
  }
  useWorkspaceEvents((event) => {
    if (event.event !== 'alert-raised' && event.event !== 'alert-resolved') return
    if (!isNews(event)) return
    const { channel, key, title, message, severity } = event
    switch (channel) {
      case 'app':
        return store.getState().tell({
          tone: event.event === 'alert-resolved' ? 'good' : severity === 'info' ? 'info' : 'bad',
          message: title,
          remedy: message,
          about: `alert ${key}`,
        })
      case 'desktop':
        // The app around this page shows them itself, also while the page is hidden.
        if (!native) notify(title, { body: message, tag: key })
    }
  })
  return null
}

function notify(title: string, options: NotificationOptions): void {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return
  const shown = new Notification(title, options)
  shown.addEventListener('click', () => {
    globalThis.focus()
    shown.close()
  })
}
