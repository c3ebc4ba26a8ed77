import { ChevronLeft, File, FileSpreadsheet, Folder, Workflow, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import type { FileEntry } from '../../src/contract/files-contract.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { formatAgo } from '../ui/format-ago.ts'
import { formatBytes } from '../ui/format-amount.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'

interface FileBrowserProps {
  /** Which files can be chosen; the others are not shown. */
  shows: 'pipeline' | 'data'
  onChoose: (path: string) => void
}

const icons: Readonly<Record<FileEntry['kind'], LucideIcon>> = {
  folder: Folder,
  pipeline: Workflow,
  data: FileSpreadsheet,
  other: File,
}

/** The folders of the workspace, one at a time. */
export function FileBrowser({ shows, onChoose }: FileBrowserProps) {
  const client = useClient()
  const [folder, setFolder] = useState<string | null>(null)
  const { data, error } = useQuery(`files ${folder}`, async (signal) =>
    client.files.list({ folder }, { signal }),
  )
  if (error) return <p className="text-bad">{error.message}</p>
  if (!data) return <Spinner />
  const entries = data.entries.filter(({ kind }) => kind === 'folder' || kind === shows)
  return (
    <div className="flex h-80 flex-col">
      <div className="flex items-center gap-1 pb-2">
        <IconButton label="Up" disabled={data.parent === null} onClick={() => setFolder(data.parent)}>
          <ChevronLeft size={16} aria-hidden />
        </IconButton>
        <span className="selectable min-w-0 flex-1 truncate text-xs text-ink-soft" title={data.folder}>
          {data.folder}
        </span>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto rounded-md border border-line p-1">
        {entries.map((entry) => {
          const Icon = icons[entry.kind]
          return (
            <li key={entry.path}>
              <button
                type="button"
                className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-left hover:bg-hover"
                onClick={() => (entry.kind === 'folder' ? setFolder(entry.path) : onChoose(entry.path))}
              >
                <Icon size={15} className="text-ink-faint" aria-hidden />
                <span className="min-w-0 flex-1 truncate">{entry.name}</span>
                {entry.kind !== 'folder' && (
                  <span className="text-xs text-ink-faint tabular">{formatBytes(entry.sizeBytes)}</span>
                )}
                <span className="w-24 text-right text-xs text-ink-faint tabular">
                  {formatAgo(entry.modifiedAt)}
                </span>
              </button>
            </li>
          )
        })}
        {entries.length === 0 && (
          <li className="p-3 text-center text-ink-faint">Nothing to choose in this folder.</li>
        )}
      </ul>
    </div>
  )
}
