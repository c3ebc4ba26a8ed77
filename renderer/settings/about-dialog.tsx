import { lazy, Suspense } from 'react'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Spinner } from '../ui/spinner.tsx'

const LicenceList = lazy(async () => ({ default: (await import('./licence-list.tsx')).LicenceList }))

/** Which Pipewright this is, and whose work it contains. */
export function AboutDialog() {
  const store = useAppStore()
  const client = useClient()
  const isOpen = useStore(({ overlay }) => overlay === 'about')
  const { data } = useQuery(isOpen ? 'about' : null, async (signal) =>
    client.workspace.info(undefined, { signal }),
  )
  return (
    <Dialog
      open={isOpen}
      wide
      title="About Pipewright"
      description={data ? `Version ${data.version}` : ' '}
      onClose={() => store.getState().openOverlay(null)}
    >
      <h3 className="mb-1 font-semibold">Libraries in it, and their licences</h3>
      <Suspense fallback={<Spinner label="Reading the licences" />}>
        <LicenceList />
      </Suspense>
    </Dialog>
  )
}
