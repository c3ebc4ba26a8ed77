import { FileSpreadsheet, Upload } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'
import { useNative } from '../api/native-context.ts'
import { uploadFile } from '../api/upload-file.ts'
import { FileBrowser } from '../shell/file-browser.tsx'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Dialog } from '../ui/dialog.tsx'

/** Drop a data file, choose what to predict, and get a pipeline. */
export function StartFromFile() {
  const store = useAppStore()
  const native = useNative()
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setIsOver] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const [isBrowsing, setIsBrowsing] = useState(false)
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return
    setShare(0)
    try {
      store.getState().startFrom(await uploadFile(file, { onProgress: setShare, use: 'start' }))
    } catch (error) {
      store.getState().tellError(error)
    } finally {
      setShare(null)
    }
  }
  const choose = async (): Promise<void> => {
    if (!native) return input.current?.click()
    const path = await native.choose('data')
    if (path !== null) store.getState().startFrom(path)
  }
  const onDrop = (event: DragEvent): void => {
    event.preventDefault()
    setIsOver(false)
    // The app around the page takes what is dropped anywhere.
    if (!native) void take(event.dataTransfer.files[0])
  }
  return (
    <section
      aria-labelledby="from-file-title"
      className={classNames(
        'flex min-h-60 flex-col items-center justify-center rounded-lg border-2 border-dashed p-6 text-center transition-colors',
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong bg-surface',
      )}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <span className="inline-flex size-11 items-center justify-center rounded-full bg-accent-soft text-accent-strong">
        <FileSpreadsheet size={22} strokeWidth={1.75} aria-hidden />
      </span>
      <h2 id="from-file-title" className="mt-3 text-md font-semibold">
        Start from a file
      </h2>
      <p className="mt-1 max-w-96 text-ink-soft">
        Drop a CSV, Excel, JSON or Parquet file here and say what to predict: Pipewright draws a pipeline for
        it.
      </p>
      {share === null ? (
        <div className="mt-4 flex gap-2">
          <Button tone="accent" icon={<Upload size={15} aria-hidden />} onClick={() => void choose()}>
            Choose a file
          </Button>
          {!native && <Button onClick={() => setIsBrowsing(true)}>From the workspace</Button>}
        </div>
      ) : (
        <div
          role="progressbar"
          aria-label="Sending the file"
          aria-valuenow={Math.round(share * 100)}
          className="mt-6 h-1.5 w-64 overflow-hidden rounded-full bg-pressed"
        >
          <div className="h-full bg-accent" style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <input
        ref={input}
        type="file"
        aria-label="Data file"
        accept=".csv,.tsv,.txt,.json,.jsonl,.ndjson,.parquet,.xlsx"
        className="hidden"
        onChange={({ target }) => {
          void take(target.files?.[0])
          target.value = ''
        }}
      />
      <Dialog open={isBrowsing} onClose={() => setIsBrowsing(false)} title="Choose a data file" wide>
        <FileBrowser
          shows="data"
          onChoose={(chosen) => {
            setIsBrowsing(false)
            store.getState().startFrom(chosen)
          }}
        />
      </Dialog>
    </section>
  )
}
