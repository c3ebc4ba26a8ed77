import { CircleAlert, CircleCheck, Info, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useAppStore, useStore } from '../state/store.ts'
import type { Toast } from '../state/toast-slice.ts'

const shownForMs = { info: 6000, good: 6000, bad: 20_000 } as const
const icons = { info: Info, good: CircleCheck, bad: CircleAlert } as const
const colours = { info: 'text-ink-faint', good: 'text-good', bad: 'text-bad' } as const

/** Messages over the canvas, clear of the parameters. They go by themselves, but not while they are pointed at. */
export function Toasts() {
  const toasts = useStore((state) => state.toasts)
  return (
    <div
      aria-live="polite"
      role="log"
      aria-label="Messages"
      className="fixed bottom-11 left-72 z-50 flex w-90 flex-col gap-2"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastCard({ toast }: { toast: Toast }) {
  const store = useAppStore()
  const { id, tone, message, remedy } = toast
  const [isHeld, setIsHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => store.getState().dismissToast(id), shownForMs[tone])
    return () => clearTimeout(timer)
  }, [store, id, tone, isHeld])
  const Icon = icons[tone]
  return (
    <div
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      className="flex items-start gap-2.5 rounded-lg border border-line bg-surface p-3 shadow-float"
    >
      <Icon size={16} className={`mt-px shrink-0 ${colours[tone]}`} aria-hidden />
      <div className="selectable min-w-0 flex-1">
        <p>{message}</p>
        {remedy && <p className="mt-0.5 text-xs text-ink-soft">{remedy}</p>}
      </div>
      <button
        type="button"
        aria-label="Dismiss"
        className="-m-1 inline-flex size-6 items-center justify-center rounded-md text-ink-faint hover:bg-hover"
        onClick={() => store.getState().dismissToast(id)}
      >
        <X size={13} aria-hidden />
      </button>
    </div>
  )
}
