import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { control } from './control.ts'
import type { Menu } from './menu.ts'

export class Tray extends EventEmitter {
  toolTip = ''
  menu: Menu | null = null

  constructor(icon: string) {
    super()
    if (!existsSync(icon)) throw new Error(`Failed to load image from path '${icon}'`)
    control.tray = this
  }

  setToolTip(text: string): void {
    this.toolTip = text
  }

  setContextMenu(menu: Menu): void {
    this.menu = menu
  }

  destroy(): void {
    if (control.tray === this) control.tray = null
  }
}
