import { ChevronDown, Play, Redo2, Save, Search, Square, StepBack, StepForward, Undo2 } from 'lucide-react'
import { runCommands } from '../commands/run-commands.ts'
import { activeFileOf, activeRunOf, activeTabOf, isRunning } from '../state/active.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { isUnsaved } from '../state/unsaved.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'

const icons: Readonly<Record<string, typeof Play>> = {
  run: Play,
  'run-to': StepBack,
  'run-from': StepForward,
  stop: Square,
}

/** Undo, save, run and stop: at the right end of the tabs. */
export function RunControls() {
  const store = useAppStore()
  const undoTitle = useStore((state) => activeTabOf(state)?.undo.at(-1)?.title)
  const redoTitle = useStore((state) => activeTabOf(state)?.redo.at(-1)?.title)
  const unsaved = useStore((state) => {
    const tab = activeFileOf(state)
    return tab !== undefined && isUnsaved(tab)
  })
  return (
    <div role="toolbar" aria-label="Pipeline" className="flex items-center gap-0.5">
      <IconButton
        label="Find a command"
        keys="mod+k"
        onClick={() => store.getState().openOverlay('commands')}
      >
        <Search size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={undoTitle === undefined ? 'Undo' : `Undo: ${undoTitle}`}
        keys="mod+z"
        disabled={undoTitle === undefined}
        onClick={() => store.getState().undo()}
      >
        <Undo2 size={16} aria-hidden />
      </IconButton>
      <IconButton
        label={redoTitle === undefined ? 'Redo' : `Redo: ${redoTitle}`}
        keys="mod+shift+z"
        disabled={redoTitle === undefined}
        onClick={() => store.getState().redo()}
      >
        <Redo2 size={16} aria-hidden />
      </IconButton>
      <IconButton label="Save" keys="mod+s" disabled={!unsaved} onClick={() => void store.getState().save()}>
        <Save size={16} aria-hidden />
      </IconButton>
      <RunButton />
    </div>
  )
}

function RunButton() {
  const store = useAppStore()
  const running = useStore(isRunning)
  const canRun = useStore((state) => runCommands[0]!.isEnabled!(state))
  const progress = useStore((state) => {
    const run = activeRunOf(state)
    if (run?.status !== 'running') return null
    const steps = Object.values(run.steps)
    const ended = steps.filter(
      ({ state: now }) => now !== 'waiting' && now !== 'queued' && now !== 'running',
    ).length
    return `${ended} of ${steps.length}`
  })
  const items = runCommands.map((command) => {
    const Icon = icons[command.id] ?? Play
    return {
      title: command.title,
      icon: <Icon size={14} />,
      keys: command.keys?.[0],
      disabled: !(command.isEnabled?.(store.getState()) ?? true),
      onSelect: () => void command.run(store),
    }
  })
  if (running)
    return (
      <button
        type="button"
        className="ml-1.5 inline-flex h-8 items-center gap-2 rounded-md bg-bad px-3 text-sm font-medium text-surface shadow-small hover:opacity-90"
        onClick={() => void store.getState().cancelRun()}
      >
        <Square size={13} fill="currentColor" aria-hidden />
        Stop
        <span className="text-xs tabular opacity-85">{progress}</span>
      </button>
    )
  return (
    <div className="ml-1.5 inline-flex rounded-md bg-accent text-accent-ink shadow-small">
      <button
        type="button"
        disabled={!canRun}
        className="inline-flex h-8 items-center gap-2 rounded-l-md px-3 text-sm font-medium hover:bg-accent-strong disabled:opacity-50"
        onClick={() => void store.getState().startRun()}
      >
        <Play size={13} fill="currentColor" aria-hidden />
        Run
      </button>
      <Menu items={items}>
        <button
          type="button"
          aria-label="More ways to run"
          className="inline-flex h-8 w-7 items-center justify-center rounded-r-md border-l border-accent-ink/25 hover:bg-accent-strong"
        >
          <ChevronDown size={14} aria-hidden />
        </button>
      </Menu>
    </div>
  )
}
