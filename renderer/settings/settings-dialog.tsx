import { lazy, Suspense } from 'react'
import { useAppStore, useStore } from '../state/store.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Spinner } from '../ui/spinner.tsx'

const SettingsContent = lazy(async () => ({
  default: (await import('./settings-content.tsx')).SettingsContent,
}))

export function SettingsDialog() {
  const store = useAppStore()
  const isOpen = useStore(({ overlay }) => overlay === 'settings')
  return (
    <Dialog open={isOpen} wide title="Settings" onClose={() => store.getState().openOverlay(null)}>
      <Suspense fallback={<Spinner label="Opening" />}>
        <SettingsContent />
      </Suspense>
    </Dialog>
  )
}
