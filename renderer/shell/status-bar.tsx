import { CircleAlert, CircleCheck, PanelBottom, PanelLeft, PanelRight, TriangleAlert } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { activeRunOf, activeTabOf } from '../state/active.ts'
import type { RunView } from '../state/run-view.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { classNames } from '../ui/class-names.ts'
import { formatDuration } from '../ui/format-amount.ts'
import { Tooltip } from '../ui/tooltip.tsx'

/** What is wrong, how the run goes, and which parts are open: at the lower edge. */
export function StatusBar() {
  const { errors, warnings, isChecked } = useStore(
    useShallow((state) => {
      const findings = activeTabOf(state)?.description?.findings
      const errorCount = findings?.filter(({ severity }) => severity === 'error').length ?? 0
      return {
        errors: errorCount,
        warnings: (findings?.length ?? 0) - errorCount,
        isChecked: findings !== undefined,
      }
    }),
  )
  return (
    <footer className="flex h-7 shrink-0 items-center gap-1 border-t border-line bg-raised px-2 text-xs text-ink-soft">
      <PanelToggle panel="problems" label="Problems">
        {!isChecked && <span className="text-ink-faint">Checking…</span>}
        {isChecked && errors + warnings === 0 && (
          <>
            <CircleCheck size={14} className="text-good" aria-hidden /> No problems
          </>
        )}
        {errors > 0 && (
          <span className="inline-flex items-center gap-1">
            <CircleAlert size={14} className="text-bad" aria-hidden /> {errors}
            <span className="sr-only">{errors === 1 ? 'error' : 'errors'}</span>
          </span>
        )}
        {warnings > 0 && (
          <span className="inline-flex items-center gap-1">
            <TriangleAlert size={14} className="text-warn" aria-hidden /> {warnings}
            <span className="sr-only">{warnings === 1 ? 'warning' : 'warnings'}</span>
          </span>
        )}
      </PanelToggle>
      <div className="flex-1" />
      <RunStatus />
      <div className="ml-2 flex">
        <PanelToggle panel="palette" label="Node types">
          <PanelLeft size={14} aria-hidden />
        </PanelToggle>
        <PanelToggle panel="dock" label="Results">
          <PanelBottom size={14} aria-hidden />
        </PanelToggle>
        <PanelToggle panel="inspector" label="Inspector">
          <PanelRight size={14} aria-hidden />
        </PanelToggle>
      </div>
    </footer>
  )
}

interface PanelToggleProps {
  panel: 'palette' | 'dock' | 'inspector' | 'problems'
  label: string
  children: ReactNode
}

function PanelToggle({ panel, label, children }: PanelToggleProps) {
  const store = useAppStore()
  const isOpen = useStore(({ panels }) => panels[panel])
  return (
    <Tooltip text={label} side="top">
      <button
        type="button"
        aria-label={panel === 'problems' ? undefined : label}
        aria-pressed={isOpen}
        className={classNames(
          'inline-flex h-6 items-center gap-2 rounded-md px-1.5 tabular hover:bg-hover hover:text-ink',
          isOpen && panel !== 'problems' ? 'text-accent-strong' : '',
        )}
        onClick={() => store.getState().togglePanel(panel)}
      >
        {children}
      </button>
    </Tooltip>
  )
}

function RunStatus() {
  const run = useStore(activeRunOf)
  if (!run || run.startedAt === 0) return null
  return (
    <span className="tabular" role="status">
      {run.status === 'running' ? <Elapsed since={run.startedAt} /> : summaryOf(run)}
    </span>
  )
}

function Elapsed({ since }: { since: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return `Running for ${formatDuration(Math.max(0, now - since))}`
}

const endings = {
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Stopped',
  interrupted: 'Interrupted',
  running: '',
}

function summaryOf({ status, steps, durationMs }: RunView): string {
  const count = (state: string): number => Object.values(steps).filter((step) => step.state === state).length
  const parts = [
    [count('done'), 'ran'],
    [count('cached'), 'unchanged'],
    [count('failed'), 'failed'],
    [count('skipped'), 'skipped'],
  ] as const
  const counts = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`)
  const time = durationMs === null ? '' : ` in ${formatDuration(durationMs)}`
  return `${endings[status]}${time}: ${counts.join(', ')}`
}
