export interface Toast {
  id: number
  tone: 'info' | 'good' | 'bad'
  message: string
  remedy: string | null
  /** What it is about: a newer one about the same takes its place. */
  about: string
  /** The tab it was told in, if it says what went wrong there: it goes when another is shown. */
  tab: string | null
}

/** Short messages at the edge of the window. */
export interface ToastSlice {
  toasts: readonly Toast[]
  tell: (toast: Pick<Toast, 'tone' | 'message'> & { remedy?: string | null; about?: string }) => void
  /** Tells of anything that was thrown, in the words of its report. */
  tellError: (thrown: unknown) => void
  dismissToast: (id: number) => void
  /** Takes back what was told about something that is no more. */
  withdrawToast: (about: string) => void
  /** Takes back what was told in other tabs than that. */
  keepToastsOf: (tab: string) => void
}
