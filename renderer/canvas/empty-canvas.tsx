import { FileUp, MousePointerClick, Search } from 'lucide-react'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { Keys } from '../ui/keys.tsx'

/** Says what to do where nothing is drawn yet. */
export function EmptyCanvas() {
  const store = useAppStore()
  const search = (): void => {
    const state = store.getState()
    const at = state.canvas?.middle() ?? [0, 0]
    state.searchNodes({
      screen: { x: window.innerWidth / 2 - 180, y: window.innerHeight / 3 },
      at,
      end: null,
    })
  }
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center">
      <div className="max-w-md text-center">
        <h2 className="text-lg font-semibold">Draw your pipeline</h2>
        <p className="mt-1.5 text-ink-soft">
          Start with data: drag “Read file” from the left onto the canvas, then pull an edge out of its port
          to choose what comes next.
        </p>
        <div className="pointer-events-auto mt-4 flex justify-center gap-2">
          <Button tone="accent" icon={<Search size={15} aria-hidden />} onClick={search}>
            Add a node
          </Button>
          <Button icon={<FileUp size={15} aria-hidden />} onClick={() => store.getState().show('start')}>
            Start from a file
          </Button>
        </div>
        <p className="mt-4 inline-flex items-center gap-1.5 text-xs text-ink-faint">
          <MousePointerClick size={14} aria-hidden /> Double-click anywhere, or press <Keys keys="a" />
        </p>
      </div>
    </div>
  )
}
