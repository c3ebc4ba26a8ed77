import { Maximize2, Minimize2 } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { SelectedNode } from '../inspector/selected-node.ts'
import { useAppStore, useStore } from '../state/store.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { ChartsTab } from './charts/charts-tab.tsx'
import { DataTab } from './data/data-tab.tsx'
import { outputsOfStep, type ShownOutput } from './outputs-of-step.ts'
import { ProfileTab } from './profile/profile-tab.tsx'
import { ResultsTab } from './results-tab.tsx'
import { TableLoader } from './table-loader.tsx'

export type DockTab = 'data' | 'profile' | 'charts' | 'results'

interface NodeResultsProps {
  selected: SelectedNode
  /** The tab that was chosen last, for whichever node. */
  wanted: DockTab | null
  onWant: (tab: DockTab) => void
}

/** The results of a node in tabs. */
export function NodeResults({ selected, wanted, onWant }: NodeResultsProps) {
  const store = useAppStore()
  const isMaximised = useStore(({ dockMaximised }) => dockMaximised)
  const outputs = outputsOfStep(selected)
  const tables = outputs.filter(({ kind }) => kind === 'table')
  const [chosen, setChosen] = useState(0)
  const table = tables[Math.min(chosen, tables.length - 1)]
  const findings = outputs.filter(({ kind }) => kind !== 'table')
  const active = wanted ?? (findings.length > 0 ? 'results' : 'data')
  const ofTable = (draw: (output: ShownOutput) => ReactNode): ReactNode =>
    table ? draw(table) : <Nothing selected={selected} what="table" />
  return (
    <Tabs
      label="Results of the node"
      active={active}
      onActivate={onWant}
      actions={
        <>
          {tables.length > 1 && active !== 'results' && (
            <div className="w-56 min-w-0">
              <Select
                label="Table"
                value={String(Math.min(chosen, tables.length - 1))}
                options={tables.map(({ title }, index) => ({ value: String(index), title }))}
                onChange={(next) => setChosen(Number(next))}
              />
            </div>
          )}
          <IconButton
            label={isMaximised ? 'Show the canvas again' : 'Enlarge the results'}
            onClick={() => store.getState().maximiseDock(!isMaximised)}
          >
            {isMaximised ? <Minimize2 size={15} aria-hidden /> : <Maximize2 size={15} aria-hidden />}
          </IconButton>
        </>
      }
      tabs={[
        {
          id: 'data',
          title: 'Data',
          content: ofTable((output) => (
            <TableLoader key={output.hash} output={output}>
              {(shown) => <DataTab table={shown} />}
            </TableLoader>
          )),
        },
        {
          id: 'profile',
          title: 'Profile',
          content: ofTable((output) => (
            <TableLoader key={output.hash} output={output}>
              {(shown) => <ProfileTab table={shown} />}
            </TableLoader>
          )),
        },
        {
          id: 'charts',
          title: 'Charts',
          content: ofTable((output) => (
            <TableLoader key={output.hash} output={output}>
              {(shown) => <ChartsTab table={shown} />}
            </TableLoader>
          )),
        },
        {
          id: 'results',
          title: 'Results',
          content:
            findings.length > 0 ? (
              <ResultsTab selected={selected} outputs={findings} />
            ) : (
              <Nothing selected={selected} what="report" />
            ),
        },
      ]}
    />
  )
}

function Nothing({ selected, what }: { selected: SelectedNode; what: 'table' | 'report' }) {
  const { step, definition } = selected
  const gives = Object.values(definition?.outputs ?? {}).some(({ type }) =>
    what === 'table' ? type === 'table' : type !== 'table',
  )
  if (step?.state === 'failed' && step.error) {
    return (
      <div role="alert" className="h-full">
        <EmptyState title={step.error.message}>{step.error.remedy}</EmptyState>
      </div>
    )
  }
  if (!gives && what === 'report') {
    return (
      <EmptyState title="This step makes no report">
        Look at its rows under Data, Profile and Charts.
      </EmptyState>
    )
  }
  switch (step?.state) {
    case undefined:
      return <EmptyState title="Nothing here yet">Run the pipeline, or run it up to this node.</EmptyState>
    case 'waiting':
    case 'queued':
    case 'running':
      return <EmptyState title="It is being computed">What it gives appears here when it is done.</EmptyState>
    case 'skipped':
    case 'cancelled':
      return (
        <EmptyState title="This step did not run">“Why” beside the parameters tells the reason.</EmptyState>
      )
    case 'done':
    case 'cached':
    case 'failed':
      return (
        <EmptyState title={what === 'table' ? 'This step gives no table' : 'This step makes no report'} />
      )
  }
}
