import { dialog, type BrowserWindow, type FileFilter } from 'electron'
import type { Choice } from '../src/contract/bridge.ts'

const pipelines: FileFilter = { name: 'Pipelines', extensions: ['pipeline.json', 'json'] }
const data: FileFilter = {
  name: 'Data',
  extensions: ['csv', 'tsv', 'txt', 'json', 'jsonl', 'ndjson', 'parquet', 'xlsx'],
}

/** Asks the user for a path with a dialog of the system; null where none was chosen. */
export async function choosePath(
  window: BrowserWindow,
  { what, name, folder }: { what: Choice; name: string | undefined; folder: string },
): Promise<string | null> {
  const toOpen = async (filters: FileFilter[], isFolder = false): Promise<string | null> => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      defaultPath: folder,
      properties: [isFolder ? 'openDirectory' : 'openFile', 'createDirectory'],
      filters,
    })
    return filePaths[0] ?? null
  }
  const toSave = async (filters: FileFilter[]): Promise<string | null> => {
    const { filePath, canceled } = await dialog.showSaveDialog(window, {
      defaultPath: name ?? folder,
      properties: ['createDirectory', 'showOverwriteConfirmation'],
      filters,
    })
    return canceled || !filePath ? null : filePath
  }
  switch (what) {
    case 'pipeline':
      return toOpen([pipelines])
    case 'data':
      return toOpen([data])
    case 'any':
      return toOpen([])
    case 'folder':
      return toOpen([], true)
    case 'save-pipeline':
      return toSave([pipelines])
    case 'save-csv':
      return toSave([{ name: 'CSV', extensions: ['csv'] }])
    case 'save-any':
      return toSave([])
    case 'save-parquet':
      return toSave([{ name: 'Parquet', extensions: ['parquet'] }])
  }
}
