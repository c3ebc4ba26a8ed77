export interface Toast {
  id: number
  tone: 'info' | 'good' | 'bad'
  message: string
  remedy: string | null
}

/** Short messages at the edge of the window. */
export interface ToastSlice {
  toasts: readonly Toast[]
  tell: (toast: Omit<Toast, 'id' | 'remedy'> & { remedy?: string }) => void
  /** Tells of anything that was thrown, in the words of its report. */
  tellError: (thrown: unknown) => void
  dismissToast: (id: number) => void
}
