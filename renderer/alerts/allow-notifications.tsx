import { useState } from 'react'
import { useNative } from '../api/native-context.ts'
import { Button } from '../ui/button.tsx'

/** A browser shows notifications of the system only to who allowed it; the app needs no word. */
export function AllowNotifications() {
  const native = useNative()
  const [permission, setPermission] = useState(() => (native ? 'granted' : permissionNow()))
  switch (permission) {
    case 'granted':
      return null
    case 'denied':
      return <span className="text-xs text-ink-soft">not allowed by the browser</span>
    case 'default':
      return (
        <Button
          tone="quiet"
          onClick={() => void Notification.requestPermission().then(setPermission, () => undefined)}
        >
          Allow
        </Button>
      )
  }
}

const permissionNow = (): NotificationPermission =>
  'Notification' in globalThis ? Notification.permission : 'denied'
