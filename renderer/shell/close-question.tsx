import { useAppStore, useStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Before a tab goes whose pipeline is not saved. */
export function CloseQuestion() {
  const store = useAppStore()
  const id = useStore(({ closing }) => closing)
  const name = useStore(({ closing, tabs }) => (closing === null ? '' : (tabs[closing]?.document.name ?? '')))
  const stay = (): void => store.getState().askToClose(null)
  const discard = (): void => {
    if (id !== null) store.getState().closeTab(id, { discard: true })
  }
  const save = async (): Promise<void> => {
    stay()
    if (id !== null && (await store.getState().save(id))) store.getState().closeTab(id)
  }
  return (
    <Dialog
      open={id !== null}
      onClose={stay}
      title={`Save “${name}” before closing it?`}
      description="What you changed since it was last saved would be lost."
      actions={
        <>
          <Button onClick={discard}>Don’t save</Button>
          <Button onClick={stay}>Cancel</Button>
          <Button tone="accent" onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    />
  )
}
