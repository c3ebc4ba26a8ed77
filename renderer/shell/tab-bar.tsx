import { Plus, X } from 'lucide-react'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useAppStore, useStore } from '../state/store.ts'
import { isUnsaved } from '../state/unsaved.ts'
import { classNames } from '../ui/class-names.ts'
import { IconButton } from '../ui/icon-button.tsx'

/** The pipelines that are open. */
export function TabBar({ actions }: { actions: ReactNode }) {
  const store = useAppStore()
  const tabOrder = useStore((state) => state.tabOrder)
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')]
    const at = tabs.indexOf(document.activeElement as HTMLElement)
    const next = tabs[(at + (event.key === 'ArrowRight' ? 1 : -1) + tabs.length) % tabs.length]
    event.preventDefault()
    next?.focus()
    next?.click()
  }
  return (
    <header className="flex h-11 shrink-0 items-center gap-2 border-b border-line bg-raised pr-2">
      <div className="flex min-w-0 flex-1 items-stretch self-stretch overflow-x-auto">
        <div role="tablist" aria-label="Open pipelines" className="flex" onKeyDown={onKeyDown}>
          {tabOrder.map((id) => (
            <TabHandle key={id} id={id} />
          ))}
        </div>
        <div className="flex items-center px-1">
          <IconButton
            label="New pipeline"
            keys="alt+n"
            onClick={() => void store.getState().createPipeline()}
          >
            <Plus size={16} aria-hidden />
          </IconButton>
        </div>
      </div>
      {actions}
    </header>
  )
}

function TabHandle({ id }: { id: string }) {
  const store = useAppStore()
  const isActive = useStore(({ activeTab }) => activeTab === id)
  const name = useStore(({ tabs }) => tabs[id]?.document.name ?? '')
  const path = useStore(({ tabs }) => tabs[id]?.path ?? '')
  const unsaved = useStore(({ tabs }) => tabs[id] !== undefined && isUnsaved(tabs[id]))
  const handle = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) handle.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isActive])
  return (
    <div
      ref={handle}
      role="presentation"
      className={classNames(
        'group relative flex max-w-52 shrink-0 items-center border-r border-line pr-1',
        isActive ? 'bg-surface' : 'hover:bg-hover',
      )}
    >
      <button
        type="button"
        role="tab"
        aria-selected={isActive}
        tabIndex={isActive ? 0 : -1}
        title={path}
        className={classNames(
          'flex h-full min-w-0 items-center gap-1.5 pl-3 text-sm outline-offset-[-2px]',
          isActive ? 'font-medium text-ink' : 'text-ink-soft',
        )}
        onClick={() => store.getState().activateTab(id)}
        onAuxClick={({ button }) => button === 1 && store.getState().closeTab(id)}
        onKeyDown={({ key }) => key === 'Delete' && store.getState().closeTab(id)}
      >
        <span className="truncate">{name}</span>
        {unsaved && (
          <span className="size-1.5 shrink-0 rounded-full bg-warn">
            <span className="sr-only">not saved</span>
          </span>
        )}
      </button>
      {/* A tab list may hold nothing but tabs; with the keyboard, Delete on the tab closes it. */}
      <button
        type="button"
        tabIndex={-1}
        aria-hidden
        title="Close"
        className="ml-1 inline-flex size-6 items-center justify-center rounded-md text-ink-faint hover:bg-pressed hover:text-ink"
        onClick={() => store.getState().closeTab(id)}
      >
        <X size={13} aria-hidden />
      </button>
      {isActive && <span className="absolute inset-x-0 -bottom-px h-px bg-surface" aria-hidden />}
      {isActive && <span className="absolute inset-x-0 top-0 h-0.5 bg-accent" aria-hidden />}
    </div>
  )
}
