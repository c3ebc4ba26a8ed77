import { Panel } from '@xyflow/react'
import { ChevronRight, CornerLeftUp } from 'lucide-react'
import { useShallow } from 'zustand/react/shallow'
import { activeFileOf, activeTabOf } from '../state/active.ts'
import { pipelineAt } from '../state/scope.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { titleOf } from './edits/title-of.ts'

/** Where one is, when a sub-pipeline was entered, and the way out. */
export function Breadcrumbs() {
  const store = useAppStore()
  const names = useStore(
    useShallow((state) => {
      const file = activeFileOf(state)
      const scope = activeTabOf(state)?.scope ?? []
      if (!file || scope.length === 0) return []
      const inner = scope.map((node, depth) => {
        const around = pipelineAt(file.document, scope.slice(0, depth)).pipeline
        return titleOf(around.nodes[node]!, state.definitions)
      })
      return [file.document.name, ...inner]
    }),
  )
  if (names.length === 0) return null
  return (
    <Panel
      position="top-left"
      className="!m-3 flex items-center gap-1 rounded-lg border border-line bg-surface py-0.5 pr-3 pl-0.5 shadow-card"
    >
      <IconButton
        label="Leave the sub-pipeline"
        keys="alt+arrowup"
        onClick={() => store.getState().leaveNode()}
      >
        <CornerLeftUp size={15} aria-hidden />
      </IconButton>
      {names.map((name, depth) => (
        <span
          key={depth}
          className="flex items-center gap-1 text-xs text-ink-soft last:font-medium last:text-ink"
        >
          {depth > 0 && <ChevronRight size={13} className="text-ink-faint" aria-hidden />}
          {name}
        </span>
      ))}
    </Panel>
  )
}
