import { Download } from 'lucide-react'
import type { Client } from '../../../src/contract/create-client.ts'
import { useClient } from '../../api/client.ts'
import { useNative } from '../../api/native-context.ts'
import type { Native } from '../../api/native.ts'
import { useAppStore } from '../../state/store.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'

/** Saves the whole table as a file: where the user says, or as a download of the browser. */
export function ExportMenu({ artifact }: { artifact: string }) {
  const client = useClient()
  const native = useNative()
  const store = useAppStore()
  const save = (format: Format) => (): void => {
    if (native) exportTo(native, client, { artifact, format }).catch(store.getState().tellError)
    else download(artifact, format)
  }
  return (
    <Menu
      items={[
        { title: 'Save all rows as CSV', onSelect: save('csv') },
        { title: 'Save all rows as Parquet', onSelect: save('parquet') },
      ]}
    >
      <IconButton label="Save the table">
        <Download size={15} />
      </IconButton>
    </Menu>
  )
}

type Format = 'csv' | 'parquet'

async function exportTo(
  native: Native,
  client: Client,
  { artifact, format }: { artifact: string; format: Format },
): Promise<void> {
  const path = await native.choose(`save-${format}`, `table.${format}`)
  if (path !== null) await client.tables.export({ artifact, format, path, filter: null })
}

function download(artifact: string, format: Format): void {
  const link = document.createElement('a')
  link.href = `api/download/${artifact}.${format}`
  link.download = ''
  link.click()
}
