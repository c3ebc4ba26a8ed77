import { Download } from 'lucide-react'
import { Menu } from '../../ui/menu.tsx'
import { IconButton } from '../../ui/icon-button.tsx'

/** Saves the whole table as a file. */
export function ExportMenu({ artifact }: { artifact: string }) {
  return (
    <Menu
      items={[
        { title: 'Save all rows as CSV', onSelect: () => download(artifact, 'csv') },
        { title: 'Save all rows as Parquet', onSelect: () => download(artifact, 'parquet') },
      ]}
    >
      <IconButton label="Save the table">
        <Download size={15} />
      </IconButton>
    </Menu>
  )
}

function download(artifact: string, ending: 'csv' | 'parquet'): void {
  const link = document.createElement('a')
  link.href = `api/download/${artifact}.${ending}`
  link.download = ''
  link.click()
}
