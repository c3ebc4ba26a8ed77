import { FolderPlus, X } from 'lucide-react'
import { useState } from 'react'
import { useNative } from '../api/native-context.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { Section } from './section.tsx'
import type { SettingsSection } from './settings-section.ts'

/** Folders outside of the workspace whose files may be opened, and where Pipewright keeps its own. */
export function FoldersSection({ answer: { settings, places }, change }: SettingsSection) {
  const native = useNative()
  const [typed, setTyped] = useState('')
  const { trustedFolders } = settings
  const trust = (folder: string | null): void => {
    const path = folder?.trim() ?? ''
    if (path !== '' && !trustedFolders.includes(path)) change({ trustedFolders: [...trustedFolders, path] })
    setTyped('')
  }
  return (
    <Section title="Folders">
      <p className="mb-2 text-ink-soft">Files may be opened in the workspace and in these folders.</p>
      <ul className="mb-2">
        {trustedFolders.map((folder) => (
          <li key={folder} className="flex h-8 items-center gap-2">
            <span className="selectable min-w-0 flex-1 truncate" title={folder}>
              {folder}
            </span>
            <IconButton
              label={`Trust ${folder} no longer`}
              onClick={() => change({ trustedFolders: trustedFolders.filter((other) => other !== folder) })}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {native ? (
        <Button
          icon={<FolderPlus size={14} aria-hidden />}
          onClick={() => void native.choose('folder').then(trust)}
        >
          Trust a folder…
        </Button>
      ) : (
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            trust(typed)
          }}
        >
          <TextField
            aria-label="Folder to trust"
            placeholder="Path of a folder"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <Button type="submit" disabled={typed.trim() === ''}>
            Trust
          </Button>
        </form>
      )}
      <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
        <dt className="text-ink-soft">Results are kept in</dt>
        <dd className="selectable break-all">{places.results}</dd>
        <dt className="text-ink-soft">Settings are kept in</dt>
        <dd className="selectable break-all">{places.settings}</dd>
      </dl>
    </Section>
  )
}
