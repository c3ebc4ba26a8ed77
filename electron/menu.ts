import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { AppCommand } from '../src/contract/bridge.ts'

/** The menu of the system; what is Pipewright's own is asked of the window. */
export function setMenu(options: {
  isMac: boolean
  isPackaged: boolean
  onCommand: (command: AppCommand) => void
  onOpenFolder: () => void
}): void {
  const { isMac, isPackaged, onCommand, onOpenFolder } = options
  const item = (command: AppCommand, label: string, accelerator?: string): MenuItemConstructorOptions => ({
    id: command,
    label,
    ...(accelerator && { accelerator }),
    click: () => onCommand(command),
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const role = (name: NonNullable<MenuItemConstructorOptions['role']>): MenuItemConstructorOptions => ({
    role: name,
  })
  const onMac = (...items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] => (isMac ? items : [])
  const elsewhere = (...items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    isMac ? [] : items
  const template: MenuItemConstructorOptions[] = [
    ...onMac(role('appMenu')),
    {
      label: 'File',
      submenu: [
        item('new', 'New pipeline', 'CmdOrCtrl+N'),
        item('open', 'Open…', 'CmdOrCtrl+O'),
        { id: 'open-folder', label: 'Open folder…', accelerator: 'CmdOrCtrl+Shift+O', click: onOpenFolder },
        ...onMac({ role: 'recentDocuments', submenu: [role('clearRecentDocuments')] }),
        line,
        item('save', 'Save', 'CmdOrCtrl+S'),
        item('save-as', 'Save as…', 'CmdOrCtrl+Shift+S'),
        line,
        item('settings', 'Settings…', 'CmdOrCtrl+,'),
        item('close-tab', 'Close tab', 'CmdOrCtrl+W'),
        ...elsewhere(role('quit')),
      ],
    },
    {
      label: 'Edit',
      submenu: [
        item('undo', 'Undo', 'CmdOrCtrl+Z'),
        item('redo', 'Redo', 'CmdOrCtrl+Shift+Z'),
        line,
        role('cut'),
        role('copy'),
        role('paste'),
        role('selectAll'),
        line,
        item('find', 'Find…', 'CmdOrCtrl+F'),
      ],
    },
    {
      label: 'Run',
      submenu: [
        item('run', 'Run all', 'CmdOrCtrl+Return'),
        item('run-to-here', 'Run to here', 'CmdOrCtrl+Shift+Return'),
        item('stop', 'Stop', 'CmdOrCtrl+.'),
      ],
    },
    {
      label: 'View',
      submenu: [
        item('fit', 'Fit to window', 'CmdOrCtrl+0'),
        role('zoomIn'),
        role('zoomOut'),
        role('togglefullscreen'),
        ...(isPackaged ? [] : [line, role('reload'), role('toggleDevTools')]),
      ],
    },
    role('windowMenu'),
    {
      role: 'help',
      submenu: [item('shortcuts', 'Keyboard shortcuts'), item('about', 'About Pipewright')],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
