import { Unplug } from 'lucide-react'
import { useIsLost } from '../api/connection.ts'

/** Says that the host is gone, what to do, and that nothing is lost. It goes by itself. */
export function ConnectionBanner() {
  if (!useIsLost()) return null
  return (
    <div role="alert" className="flex items-center gap-2.5 border-b border-line bg-bad-soft px-3 py-2">
      <Unplug size={16} className="shrink-0 text-bad" aria-hidden />
      <p className="selectable">
        <strong className="font-semibold">Pipewright does not answer.</strong> Run{' '}
        <code className="font-mono">pipewright studio --port {location.port}</code> in the same folder and
        open the address that it prints: this window then goes on by itself. What you changed is kept here;
        leave the window open.
      </p>
    </div>
  )
}
