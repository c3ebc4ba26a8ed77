import { Notification } from 'electron'
import type { Client } from '../src/contract/create-client.ts'

const mostKnown = 500

/** Shows alerts as notifications of the system, also while the window is hidden; each once. Ends with the signal. */
export async function showDesktopAlerts(
  client: Client,
  { signal, onClick }: { signal: AbortSignal; onClick: () => void },
): Promise<void> {
  if (!Notification.isSupported()) return
  // One that nothing refers to would be collected, and its click with it.
  const shown = new Set<Notification>()
  let known: string[] = []
  for await (const event of await client.workspace.events(undefined, { signal })) {
    if (event.event !== 'alert-raised' && event.event !== 'alert-resolved') continue
    const { channel, key, title, message } = event
    const name = `${event.event} ${key}`
    if (channel !== 'desktop' || known.includes(name)) continue
    known = [...known, name].slice(-mostKnown)
    const notification = new Notification({ title, body: message })
    shown.add(notification)
    notification.on('close', () => shown.delete(notification))
    notification.on('click', () => {
      shown.delete(notification)
      onClick()
    })
    notification.show()
  }
}
