import { Upload } from 'lucide-react'
import { useRef } from 'react'
import { shareText } from '../../results/format-amounts.ts'
import { FileBrowser } from '../../shell/file-browser.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useUpload } from './use-upload.ts'

interface FileDialogProps {
  title: string
  /** A folder is wanted, not a file. */
  isFolder: boolean
  /** How the names of the files end that can be chosen; all when absent. */
  ending?: string
  onChoose: (path: string) => void
  onClose: () => void
}

/** The files of the workspace, and a way for others to come into it. */
export function FileDialog({ title, isFolder, ending, onChoose, onClose }: FileDialogProps) {
  const upload = useUpload(onChoose)
  return (
    <Dialog open wide onClose={onClose} title={title}>
      {upload.error && (
        <p role="alert" className="mb-2 rounded-md bg-bad-soft p-2 text-bad">
          {upload.error.message} {upload.error.remedy}
        </p>
      )}
      <FileBrowser
        shows={isFolder ? 'folder' : 'any'}
        {...(ending !== undefined && { ending })}
        onChoose={onChoose}
        actions={(folder) =>
          isFolder ? (
            <Button onClick={() => onChoose(folder)}>Choose this folder</Button>
          ) : (
            <UploadButton
              share={upload.share}
              ending={ending}
              onFile={(file) => void upload.start(file, folder)}
            />
          )
        }
      />
    </Dialog>
  )
}

interface UploadButtonProps {
  share: number | null
  ending: string | undefined
  onFile: (file: File) => void
}

function UploadButton({ share, ending, onFile }: UploadButtonProps) {
  const picker = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={picker}
        type="file"
        accept={ending}
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) onFile(file)
        }}
      />
      <Button icon={<Upload size={14} />} disabled={share !== null} onClick={() => picker.current?.click()}>
        {share === null ? 'Upload a file' : `Uploading, ${shareText(share)}`}
      </Button>
    </>
  )
}
