import { useAppStore, useStore } from '../state/store.ts'
import { Dialog } from '../ui/dialog.tsx'
import { FileBrowser } from './file-browser.tsx'

/** Choose a pipeline file of the workspace. */
export function OpenDialog() {
  const store = useAppStore()
  const isOpen = useStore(({ overlay }) => overlay === 'open')
  const close = (): void => store.getState().openOverlay(null)
  return (
    <Dialog open={isOpen} onClose={close} title="Open a pipeline" wide>
      <FileBrowser
        shows="pipeline"
        onChoose={(path) => {
          close()
          void store.getState().openPath(path)
        }}
      />
    </Dialog>
  )
}
