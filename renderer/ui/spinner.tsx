import { LoaderCircle } from 'lucide-react'

export function Spinner({ label = 'Loading', size = 16 }: { label?: string; size?: number }) {
  return (
    <span role="status" className="inline-flex items-center text-ink-faint">
      <LoaderCircle size={size} className="spinner" aria-hidden />
      <span className="sr-only">{label}</span>
    </span>
  )
}
