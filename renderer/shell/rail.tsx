import {
  Activity,
  Boxes,
  CircleHelp,
  History,
  House,
  Moon,
  RadioTower,
  Settings,
  Sun,
  SunMoon,
  Workflow,
  type LucideIcon,
} from 'lucide-react'
import { useAppStore, useStore } from '../state/store.ts'
import type { Theme, View } from '../state/view-slice.ts'
import { classNames } from '../ui/class-names.ts'
import { Tooltip } from '../ui/tooltip.tsx'

const places: readonly { view: View; title: string; icon: LucideIcon }[] = [
  { view: 'start', title: 'Start', icon: House },
  { view: 'pipeline', title: 'Pipelines', icon: Workflow },
  { view: 'runs', title: 'Runs', icon: History },
  { view: 'models', title: 'Models', icon: Boxes },
  { view: 'serving', title: 'Serving', icon: RadioTower },
  { view: 'monitoring', title: 'Monitoring', icon: Activity },
]

const themes: Readonly<Record<Theme, { next: Theme; title: string; icon: LucideIcon }>> = {
  system: { next: 'light', title: 'Colours: as the system', icon: SunMoon },
  light: { next: 'dark', title: 'Colours: light', icon: Sun },
  dark: { next: 'system', title: 'Colours: dark', icon: Moon },
}

/** Where one can go in the app, at its left edge. */
export function Rail() {
  const store = useAppStore()
  const view = useStore((state) => state.view)
  const hasTabs = useStore(({ tabOrder }) => tabOrder.length > 0)
  const theme = themes[useStore((state) => state.theme)]
  return (
    <nav
      aria-label="App"
      className="flex w-13 shrink-0 flex-col items-center gap-1 border-r border-line bg-raised py-2"
    >
      <img src="./icon.svg" alt="Pipewright" width={28} height={28} className="mb-2" />
      {places.map(({ view: place, title, icon }) => (
        <RailButton
          key={place}
          title={title}
          icon={icon}
          current={view === place}
          disabled={place === 'pipeline' && !hasTabs}
          onClick={() => store.getState().show(place)}
        />
      ))}
      <div className="flex-1" />
      <RailButton
        title={theme.title}
        icon={theme.icon}
        onClick={() => store.getState().setTheme(theme.next)}
      />
      <RailButton title="Settings" icon={Settings} onClick={() => store.getState().openOverlay('settings')} />
      <RailButton
        title="Keyboard and mouse"
        icon={CircleHelp}
        onClick={() => store.getState().openOverlay('shortcuts')}
      />
    </nav>
  )
}

interface RailButtonProps {
  title: string
  icon: LucideIcon
  current?: boolean
  disabled?: boolean
  onClick: () => void
}

function RailButton({ title, icon: Icon, current = false, disabled = false, onClick }: RailButtonProps) {
  return (
    <Tooltip text={title} side="right">
      <button
        type="button"
        aria-label={title}
        aria-current={current ? 'page' : undefined}
        disabled={disabled}
        onClick={onClick}
        className={classNames(
          'inline-flex size-9 items-center justify-center rounded-lg transition-colors disabled:opacity-35',
          current ? 'bg-accent-soft text-accent-strong' : 'text-ink-soft hover:bg-hover hover:text-ink',
        )}
      >
        <Icon size={19} strokeWidth={1.75} aria-hidden />
      </button>
    </Tooltip>
  )
}
