import { Menu, Tray } from 'electron'

/** Puts an icon into the tray of the system, for an app whose window is hidden. Gives what takes it away again. */
export function showTray(options: {
  icon: string
  /** What goes on, in a few words each. */
  work: readonly string[]
  onShow: () => void
  onQuit: () => void
}): () => void {
  const { icon, work, onShow, onQuit } = options
  const tray = new Tray(icon)
  tray.setToolTip(`Pipewright: ${work.join(', ')}`)
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { id: 'show', label: 'Show Pipewright', click: onShow },
      { type: 'separator' },
      ...work.map((label) => ({ label, enabled: false })),
      { type: 'separator' },
      { id: 'quit', label: 'Cancel and quit', click: onQuit },
    ]),
  )
  tray.on('click', onShow)
  return () => tray.destroy()
}
