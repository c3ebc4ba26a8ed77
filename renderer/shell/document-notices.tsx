import { AppWindow, History, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { momentText } from '../results/format-amounts.ts'
import { activeTabOf } from '../state/active.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'

/** What one must know of the document that is shown: that its file has changed, or that it came back after a crash. */
export function DocumentNotices() {
  const store = useAppStore()
  const id = useStore(({ activeTab }) => activeTab) ?? ''
  const changed = useStore((state) => activeTabOf(state)?.changedOnDisk ?? null)
  const restoredAt = useStore((state) => activeTabOf(state)?.restoredAt ?? null)
  const isElsewhere = useStore((state) => state.elsewhere.includes(activeTabOf(state)?.path ?? ''))
  const saveAgain = (): void => {
    store.getState().resolveDiskChange(id, 'mine')
    void store.getState().save(id)
  }
  if (changed === 'gone')
    return (
      <Notice icon={<TriangleAlert size={15} aria-hidden />} text="The file of this pipeline is gone.">
        <Button onClick={saveAgain}>Save it again</Button>
        <Button onClick={() => store.getState().closeTab(id, { discard: true })}>Close the tab</Button>
      </Notice>
    )
  if (changed)
    return (
      <Notice
        icon={<TriangleAlert size={15} aria-hidden />}
        text="The file has changed on disk, and you have changes that are not saved."
      >
        <Button onClick={() => store.getState().resolveDiskChange(id, 'file')}>Take the file</Button>
        <Button onClick={() => store.getState().resolveDiskChange(id, 'mine')}>Keep mine</Button>
      </Notice>
    )
  if (isElsewhere)
    return (
      <Notice
        icon={<AppWindow size={15} aria-hidden />}
        text="Another window has this pipeline open, too. Change it in one of them: what the other does not save is lost."
      >
        <Button onClick={() => store.getState().closeTab(id)}>Close it here</Button>
      </Notice>
    )
  if (restoredAt !== null)
    return (
      <Notice
        icon={<History size={15} aria-hidden />}
        text={`Changes of ${momentText(restoredAt)} that were not saved are back.`}
      >
        <Button onClick={() => void store.getState().save(id)}>Save</Button>
        <Button onClick={() => store.getState().forgetRestored(id)}>Go back to the file</Button>
      </Notice>
    )
  return null
}

function Notice({ icon, text, children }: { icon: ReactNode; text: string; children: ReactNode }) {
  return (
    <div role="alert" className="flex items-center gap-2 border-b border-line bg-warn-soft px-3 py-1.5">
      <span className="text-warn">{icon}</span>
      <span className="flex-1">{text}</span>
      {children}
    </div>
  )
}
