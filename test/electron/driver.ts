import type { Page } from 'playwright-core'

/** How a spec speaks to the app, whatever shows it: the double over Chromium, or Electron itself. */
export interface Driver {
  page: Page
  /** The workspace it works on. */
  folder: string
  /** Where the app keeps what is its own. */
  userData: string
  /** Clicks an item of the menu. */
  click: (id: string) => Promise<void>
  /** What the next dialog of the system answers. */
  answer: (answer: object) => Promise<void>
  /** Somebody starts the app a second time, with these arguments. */
  startAgain: (argv: readonly string[]) => Promise<void>
  /** A message on the pipe from a frame that shows another page. */
  speakAs: (url: string, message: object) => Promise<void>
  /** What a page is answered that asks for a permission. */
  asksFor: (permission: string) => Promise<boolean>
  /** What became of a page's wish to go elsewhere, or to open a window. */
  notes: (
    what:
      | 'will-navigate'
      | 'window-open'
      | 'preload-error'
      | 'network'
      | 'showOpenDialog'
      | 'showMessageBox'
      | 'notification'
      | 'quit',
  ) => unknown[]
  isShown: () => boolean
  /** Closes the window, as a click on its corner does. */
  closeWindow: () => void
  /** What the icon in the tray says; null where there is none. */
  tray: () => string | null
  clickTray: () => void
  /** The newest notification of the system. */
  clickNotification: () => void
  close: () => Promise<void>
}
