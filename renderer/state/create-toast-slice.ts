import { reportOf } from '../../src/core/errors.ts'
import { isLostConnection } from './lost-connection.ts'
import type { SliceContext } from './slice-context.ts'
import type { Toast, ToastSlice } from './toast-slice.ts'

const longestList = 4

export function createToastSlice({ set, get }: SliceContext): ToastSlice {
  let last = 0
  return {
    toasts: [],
    tell: ({ tone, message, remedy = null }: Omit<Toast, 'id' | 'remedy'> & { remedy?: string | null }) =>
      set(({ toasts }) => ({
        toasts: [...toasts, { id: ++last, tone, message, remedy }].slice(-longestList),
      })),
    tellError(thrown) {
      // The window says it already, for as long as it lasts.
      if (isLostConnection(thrown)) return
      const { message, remedy } = reportOf(thrown)
      get().tell({ tone: 'bad', message, remedy })
    },
    dismissToast: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
  }
}
