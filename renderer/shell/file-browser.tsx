import { ArrowUp, File, FileSpreadsheet, Folder, Workflow, type LucideIcon } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { FileEntry } from '../../src/contract/files-contract.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { formatAgo } from '../ui/format-ago.ts'
import { formatBytes } from '../ui/format-amount.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'

interface FileBrowserProps {
  /** Which files can be chosen; the others are not shown. */
  shows: 'pipeline' | 'data' | 'folder' | 'any'
  /** How the names of files that are shown end; all do when absent. */
  ending?: string
  onChoose: (path: string) => void
  /** What else can be done in the folder that is shown. */
  actions?: (folder: string) => ReactNode
}

const icons: Readonly<Record<FileEntry['kind'], LucideIcon>> = {
  folder: Folder,
  pipeline: Workflow,
  data: FileSpreadsheet,
  other: File,
}

/** The folders of the workspace, one at a time. */
export function FileBrowser({ shows, ending = '', onChoose, actions }: FileBrowserProps) {
  const client = useClient()
  const [folder, setFolder] = useState<string | null>(null)
  const { data, error } = useQuery(`files ${folder}`, async (signal) =>
    client.files.list({ folder }, { signal }),
  )
  if (error)
    return (
      <p role="alert" className="text-bad">
        {error.message} {error.remedy}
      </p>
    )
  if (!data) return <Spinner label="Reading the folder" />
  const entries = data.entries.filter(
    ({ kind, name }) =>
      kind === 'folder' || ((shows === 'any' || kind === shows) && name.toLowerCase().endsWith(ending)),
  )
  return (
    <div className="flex h-80 flex-col">
      <div className="flex items-center gap-2 pb-2">
        <IconButton label="Up" disabled={data.parent === null} onClick={() => setFolder(data.parent)}>
          <ArrowUp size={16} aria-hidden />
        </IconButton>
        <span className="selectable min-w-0 flex-1 truncate text-ink-soft" title={data.folder}>
          {pathInWorkspace(data)}
        </span>
        {actions?.(data.folder)}
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto rounded-md border border-line p-1">
        {entries.map((entry) => (
          <Entry
            key={entry.path}
            entry={entry}
            onOpen={() => (entry.kind === 'folder' ? setFolder(entry.path) : onChoose(entry.path))}
          />
        ))}
        {entries.length === 0 && (
          <li className="p-3 text-center text-ink-faint">Nothing to choose in this folder.</li>
        )}
      </ul>
    </div>
  )
}

function Entry({ entry, onOpen }: { entry: FileEntry; onOpen: () => void }) {
  const { kind, name, sizeBytes, modifiedAt } = entry
  const Icon = icons[kind]
  return (
    <li>
      <button
        type="button"
        className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover"
        onClick={onOpen}
      >
        <Icon size={15} className="shrink-0 text-ink-faint" aria-hidden />
        <span className="min-w-0 flex-1 truncate">{name}</span>
        {kind !== 'folder' && (
          <span className="text-xs text-ink-faint tabular">{formatBytes(sizeBytes)}</span>
        )}
        <span className="w-24 text-right text-xs text-ink-faint tabular">{formatAgo(modifiedAt)}</span>
      </button>
    </li>
  )
}

function pathInWorkspace({ folder, workspace }: { folder: string; workspace: string }): string {
  if (folder === workspace) return 'Workspace'
  return folder.startsWith(workspace) ? `Workspace${folder.slice(workspace.length)}` : folder
}
