import { useState } from 'react'
import { useClient } from '../api/client.ts'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { Section } from './section.tsx'

/** What helps others to help. */
export function SupportSection() {
  const store = useAppStore()
  const client = useClient()
  const [path, setPath] = useState<string | null>(null)
  const [isWriting, setIsWriting] = useState(false)
  const write = async (): Promise<void> => {
    setIsWriting(true)
    try {
      setPath((await client.workspace.diagnostics()).path)
    } catch (error) {
      store.getState().tellError(error)
    } finally {
      setIsWriting(false)
    }
  }
  return (
    <Section title="Support">
      <p className="mb-2 text-ink-soft">
        A file to send along with the report of a problem: versions, settings and how runs ended. No data, no
        names, no secrets.
      </p>
      <div className="flex items-center gap-2">
        <Button disabled={isWriting} onClick={() => void write()}>
          Write diagnostics
        </Button>
        <Button tone="quiet" onClick={() => store.getState().openOverlay('about')}>
          About Pipewright
        </Button>
      </div>
      <p role="status" className="selectable mt-2 text-xs break-all">
        {path !== null && <>Written to {path}</>}
      </p>
    </Section>
  )
}
