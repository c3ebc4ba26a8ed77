import { ArrowUp, File, FileSpreadsheet, Folder, Upload, Workflow, type LucideIcon } from 'lucide-react'
import { useRef, useState } from 'react'
import type { FileEntry } from '../../../src/contract/files-contract.ts'
import { useClient } from '../../api/client.ts'
import { useQuery } from '../../api/use-query.ts'
import { momentText, shareText } from '../../results/format-amounts.ts'
import { formatBytes } from '../../ui/format-amount.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { useUpload } from './use-upload.ts'

interface FileDialogProps {
  title: string
  /** Folders can be chosen too: of a model that was saved. */
  onChoose: (path: string) => void
  onClose: () => void
}

/** The files of the workspace, and a way for others to come into it. */
export function FileDialog({ title, onChoose, onClose }: FileDialogProps) {
  const client = useClient()
  const [folder, setFolder] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  const { data, error, loading } = useQuery(`${folder} ${round}`, (signal) =>
    client.files.list({ folder }, { signal }),
  )
  const picker = useRef<HTMLInputElement>(null)
  const upload = useUpload((path) => {
    setRound((last) => last + 1)
    onChoose(path)
  })
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={title}
      actions={
        <>
          <input
            ref={picker}
            type="file"
            hidden
            onChange={(event) => {
              const [file] = event.target.files ?? []
              if (file) void upload.start(file, data?.folder ?? null)
            }}
          />
          <Button
            icon={<Upload size={14} />}
            disabled={upload.share !== null}
            onClick={() => picker.current?.click()}
          >
            {upload.share === null ? 'Upload a file' : `Uploading, ${shareText(upload.share)}`}
          </Button>
          {data && (
            <Button tone="quiet" onClick={() => onChoose(data.folder)}>
              Choose this folder
            </Button>
          )}
        </>
      }
    >
      <div className="flex items-center gap-2 pb-2">
        <IconButton label="Up one folder" disabled={!data?.parent} onClick={() => setFolder(data!.parent)}>
          <ArrowUp size={16} />
        </IconButton>
        <span className="min-w-0 flex-1 truncate text-ink-soft" title={data?.folder}>
          {data && pathInWorkspace(data)}
        </span>
        {loading && <Spinner label="Reading the folder" />}
      </div>
      {(error ?? upload.error) && (
        <p role="alert" className="mb-2 rounded-md bg-bad-soft p-2 text-bad">
          {(error ?? upload.error)!.message} {(error ?? upload.error)!.remedy}
        </p>
      )}
      <ul className="min-h-60 rounded-md border border-line">
        {data?.entries.map((entry) => (
          <Entry
            key={entry.path}
            entry={entry}
            onOpen={() => (entry.kind === 'folder' ? setFolder(entry.path) : onChoose(entry.path))}
          />
        ))}
        {data?.entries.length === 0 && (
          <EmptyState title="This folder is empty">Upload a file, or go to another folder.</EmptyState>
        )}
      </ul>
    </Dialog>
  )
}

const icons: Readonly<Record<FileEntry['kind'], LucideIcon>> = {
  folder: Folder,
  pipeline: Workflow,
  data: FileSpreadsheet,
  other: File,
}

function Entry({ entry, onOpen }: { entry: FileEntry; onOpen: () => void }) {
  const Icon = icons[entry.kind]
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        onClick={onOpen}
        className="flex h-9 w-full items-center gap-2.5 px-3 text-left hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Icon size={15} aria-hidden className="shrink-0 text-ink-faint" />
        <span className="min-w-0 flex-1 truncate">{entry.name}</span>
        {entry.kind !== 'folder' && (
          <span className="w-20 shrink-0 text-right text-xs text-ink-faint tabular">
            {formatBytes(entry.sizeBytes)}
          </span>
        )}
        <span className="w-36 shrink-0 text-right text-xs text-ink-faint tabular">
          {momentText(entry.modifiedAt)}
        </span>
      </button>
    </li>
  )
}

function pathInWorkspace({ folder, workspace }: { folder: string; workspace: string }): string {
  if (folder === workspace) return 'Workspace'
  return folder.startsWith(workspace) ? `Workspace${folder.slice(workspace.length)}` : folder
}
