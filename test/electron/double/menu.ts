import type { MenuItemConstructorOptions } from 'electron'
import { control } from './control.ts'

const roles = new Set(
  (
    'undo redo cut copy paste pasteAndMatchStyle delete selectAll reload forceReload toggleDevTools resetZoom zoomIn ' +
    'zoomOut toggleSpellChecker togglefullscreen window minimize close help about services hide hideOthers unhide quit ' +
    'startSpeaking stopSpeaking zoom front appMenu fileMenu editMenu viewMenu shareMenu recentDocuments toggleTabBar ' +
    'selectNextTab selectPreviousTab showAllTabs mergeAllWindows clearRecentDocuments moveTabToNewWindow windowMenu'
  ).split(' '),
)
const accelerator =
  /^((CmdOrCtrl|CommandOrControl|Cmd|Ctrl|Alt|Option|AltGr|Shift|Super|Meta)\+)*([A-Z0-9]|F\d{1,2}|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Esc|Escape|[-=,./;'`\\[\]])$/

export interface MenuItem extends Omit<MenuItemConstructorOptions, 'submenu'> {
  submenu: Menu | null
}

/** Refuses what Electron refuses. */
export class Menu {
  items: MenuItem[] = []

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): Menu {
    const menu = new Menu()
    menu.items = template.map((item) => {
      if (item.role !== undefined && !roles.has(item.role)) throw new Error(`Unknown role ${item.role}`)
      if (item.role === undefined && item.type !== 'separator' && !item.label)
        throw new Error('A menu item needs a label or a role')
      if (item.accelerator !== undefined && !accelerator.test(item.accelerator))
        throw new Error(`Bad accelerator ${item.accelerator}`)
      const submenu = Array.isArray(item.submenu) ? Menu.buildFromTemplate(item.submenu) : null
      return { ...item, submenu }
    })
    return menu
  }

  static setApplicationMenu(menu: Menu | null): void {
    control.menu = menu
  }

  find(id: string): MenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item
      const found = item.submenu?.find(id)
      if (found) return found
    }
    return null
  }
}
