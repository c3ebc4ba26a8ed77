import { FileInput } from 'lucide-react'
import { useState } from 'react'
import { FileDialog } from '../inspector/files/file-dialog.tsx'
import { Button } from '../ui/button.tsx'
import { ImportDialog } from './import-dialog.tsx'

/** Takes in an ONNX model that something else trained. */
export function ImportButton({ onDone }: { onDone: (name: string) => void }) {
  const [isChoosing, setChoosing] = useState(false)
  const [path, setPath] = useState<string | null>(null)
  return (
    <>
      <Button icon={<FileInput size={14} />} onClick={() => setChoosing(true)}>
        Import…
      </Button>
      {isChoosing && (
        <FileDialog
          title="Choose an ONNX file"
          isFolder={false}
          ending=".onnx"
          onClose={() => setChoosing(false)}
          onChoose={(chosen) => {
            setPath(chosen)
            setChoosing(false)
          }}
        />
      )}
      {path !== null && (
        <ImportDialog
          path={path}
          onClose={() => setPath(null)}
          onDone={(name) => {
            setPath(null)
            onDone(name)
          }}
        />
      )}
    </>
  )
}
