import { FilePlus2, FolderOpen } from 'lucide-react'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { RecentFiles } from './recent-files.tsx'
import { StartFromFile } from './start-from-file.tsx'
import { Templates } from './templates.tsx'

/** Where the app begins: go on with something, begin with data, or look at how others did it. */
export function StartPage() {
  const store = useAppStore()
  const client = useClient()
  const workspace = useQuery('workspace', async (signal) => client.workspace.info(undefined, { signal }))
  return (
    <main aria-label="Start" className="h-full overflow-y-auto bg-paper">
      <div className="mx-auto max-w-5xl px-8 py-10">
        <header className="flex items-end justify-between gap-4">
          <div>
            <h1 className="text-xl font-semibold tracking-tight">Pipewright</h1>
            <p className="mt-1 h-5 text-ink-soft">
              {workspace.data && (
                <>
                  Working in <span className="selectable font-medium text-ink">{workspace.data.folder}</span>
                </>
              )}
            </p>
          </div>
          <div className="flex gap-2">
            <Button
              icon={<FolderOpen size={15} aria-hidden />}
              onClick={() => void store.getState().chooseAndOpen()}
            >
              Open…
            </Button>
            <Button
              icon={<FilePlus2 size={15} aria-hidden />}
              onClick={() => void store.getState().createPipeline()}
            >
              New pipeline
            </Button>
          </div>
        </header>
        <div className="mt-8 grid grid-cols-[3fr_2fr] gap-6">
          <StartFromFile />
          <RecentFiles />
        </div>
        <Templates />
      </div>
    </main>
  )
}
