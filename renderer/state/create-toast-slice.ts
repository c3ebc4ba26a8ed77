import { reportOf } from '../../src/core/errors.ts'
import { isLostConnection } from './lost-connection.ts'
import type { SliceContext } from './slice-context.ts'
import type { ToastSlice } from './toast-slice.ts'

const longestList = 4

export function createToastSlice({ set, get }: SliceContext): ToastSlice {
  let last = 0
  return {
    toasts: [],
    tell({ tone, message, remedy = null, about = message }) {
      const tab = tone === 'bad' && get().view === 'pipeline' ? get().activeTab : null
      const toast = { id: ++last, tone, message, remedy, about, tab }
      set(({ toasts }) => ({
        toasts: [...toasts.filter((other) => other.about !== about), toast].slice(-longestList),
      }))
    },
    tellError(thrown) {
      // The window says it already, for as long as it lasts.
      if (isLostConnection(thrown)) return
      const { message, remedy } = reportOf(thrown)
      get().tell({ tone: 'bad', message, remedy })
    },
    withdrawToast: (about) =>
      set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.about !== about) })),
    keepToastsOf: (tab) =>
      set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.tab === null || toast.tab === tab) })),
    dismissToast: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
  }
}
