import { FileDown, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import type { MonitorOverview, MonitorWindow } from '../../src/contract/monitoring-contract.ts'
import type { Segment } from '../../src/core/monitor.ts'
import { AlertList } from '../alerts/alert-list.tsx'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { RetrainingPanel } from '../automation/retraining-panel.tsx'
import { LabellingView } from '../labelling/labelling-view.tsx'
import { useAppStore } from '../state/store.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatCount } from '../ui/format-amount.ts'
import { offerFile } from '../ui/offer-file.ts'
import { Select } from '../ui/select.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { ColumnsPanel } from './columns-panel.tsx'
import { healthWords, healthOf } from './health-words.ts'
import type { ChosenWindow, FigureSurroundings } from './metric-figure.tsx'
import { MonitorSettings } from './monitor-settings.tsx'
import { OperationPanel, OverviewPanel } from './overview-panel.tsx'
import { QualityPanel } from './quality-panel.tsx'
import { useAlertMarks } from './use-alert-marks.ts'
import { WindowRows } from './window-rows.tsx'

type Part =
  | 'overview'
  | 'columns'
  | 'quality'
  | 'rows'
  | 'operation'
  | 'alerts'
  | 'labels'
  | 'retraining'
  | 'settings'

interface MonitoredPageProps {
  overview: MonitorOverview
  /** How often something new was measured. */
  round: number
}

/** One deployment: what it is asked now beside what its model was trained on. */
export function MonitoredPage({ overview, round }: MonitoredPageProps) {
  const client = useClient()
  const { name, reason } = overview
  const [part, setPart] = useState<Part>('overview')
  const [wanted, setWanted] = useState<ChosenWindow | null>(null)
  const [segment, setSegment] = useState<Segment | null>(null)
  const { data } = useQuery(`${name} ${round}`, (signal) => client.monitoring.show({ name }, { signal }))
  const { marks, open } = useAlertMarks(name, round)
  const windows = data?.windows ?? []
  const chosen = wanted ?? (windows[0] ? { version: windows[0].version, from: windows[0].from } : null)
  const of: FigureSurroundings = { name, round, marks, chosen, onChoose: setWanted }
  const health = healthWords[healthOf(overview, open)]
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="selectable flex flex-col gap-3 px-6 pt-5 pb-4">
        <div className="flex items-center gap-3">
          <h2 className="truncate text-lg font-semibold">{name}</h2>
          <Badge tone={health.tone}>{health.word}</Badge>
          <span className="min-w-0 flex-1 truncate text-ink-soft">{reason}</span>
          <PageActions name={name} chosen={chosen} />
        </div>
        {windows.length > 0 && (
          <div className="flex max-w-3xl items-center gap-2">
            <WindowSelect windows={windows} chosen={chosen} onChoose={setWanted} />
            {data && data.segments.length > 0 && (
              <SegmentSelect segments={data.segments} chosen={segment} onChoose={setSegment} />
            )}
          </div>
        )}
        {data?.references.map(
          ({ version, state, reason: why }) =>
            state === 'waiting' && (
              <p key={version} role="status" className="rounded-md bg-warn-soft px-3 py-2 text-warn">
                {version}: {why}
              </p>
            ),
        )}
      </header>
      <div className="min-h-0 flex-1">
        <Tabs
          label="About the deployment"
          active={part}
          onActivate={setPart}
          tabs={[
            {
              id: 'overview',
              title: 'Overview',
              content: (
                <OverviewPanel
                  of={of}
                  overview={overview}
                  window={chosen}
                  segment={segment}
                  business={data?.spec.business ?? []}
                />
              ),
            },
            {
              id: 'columns',
              title: 'Columns',
              mark: overview.driftedColumns.length > 0 && (
                <Badge tone="bad">{overview.driftedColumns.length}</Badge>
              ),
              content: <ColumnsPanel of={of} window={chosen} segment={segment} />,
            },
            {
              id: 'quality',
              title: 'Quality',
              content: (
                <QualityPanel of={of} window={chosen} segment={segment} references={data?.references ?? []} />
              ),
            },
            {
              id: 'rows',
              title: 'Rows',
              content: chosen ? (
                <WindowRows
                  key={JSON.stringify([chosen, segment])}
                  name={name}
                  window={chosen}
                  segment={segment}
                />
              ) : (
                <EmptyState title="No window has been measured yet" />
              ),
            },
            { id: 'operation', title: 'Operation', content: <OperationPanel of={of} /> },
            {
              id: 'alerts',
              title: 'Alerts',
              mark: open.length > 0 && <Badge tone="bad">{open.length}</Badge>,
              content: <AlertList deployment={name} />,
            },
            { id: 'labels', title: 'Labelling', content: <LabellingView key={name} deployment={name} /> },
            { id: 'retraining', title: 'Retraining', content: <RetrainingPanel deployment={name} /> },
            {
              id: 'settings',
              title: 'What is watched',
              content: data && <MonitorSettings key={name} name={name} shown={data} />,
            },
          ]}
        />
      </div>
    </div>
  )
}

const keyOf = ({ version, from }: ChosenWindow): string => `${version} ${from}`

function WindowSelect({
  windows,
  chosen,
  onChoose,
}: {
  windows: readonly MonitorWindow[]
  chosen: ChosenWindow | null
  onChoose: (window: ChosenWindow) => void
}) {
  return (
    <Select
      label="Window"
      className="flex-1"
      value={chosen ? keyOf(chosen) : ''}
      options={windows.map((window) => ({
        value: keyOf(window),
        title: spanText(window),
        detail: `${window.version}, ${formatCount(window.rows)} rows, ${formatCount(window.labelled)} with a truth`,
      }))}
      onChange={(key) => {
        const found = windows.find((window) => keyOf(window) === key)
        if (found) onChoose({ version: found.version, from: found.from })
      }}
    />
  )
}

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
/** To the second: short windows follow one another closely. */
const spanText = ({ from, to }: MonitorWindow): string => moment.formatRange(from, to)

/** Stands for all rows: values of selects must not be empty. */
const allRows = 'all'

function SegmentSelect({
  segments,
  chosen,
  onChoose,
}: {
  segments: readonly Segment[]
  chosen: Segment | null
  onChoose: (segment: Segment | null) => void
}) {
  const index = segments.findIndex(({ column, value }) => column === chosen?.column && value === chosen.value)
  return (
    <Select
      label="Rows"
      className="flex-1"
      value={index < 0 ? allRows : String(index)}
      options={[
        { value: allRows, title: 'All rows' },
        ...segments.map(({ column, value }, at) => ({
          value: String(at),
          title: `${column} is ${value === '' ? 'missing' : value}`,
        })),
      ]}
      onChange={(key) => onChoose(segments[Number(key)] ?? null)}
    />
  )
}

function PageActions({ name, chosen }: { name: string; chosen: ChosenWindow | null }) {
  const client = useClient()
  const store = useAppStore()
  const [isBusy, setBusy] = useState(false)
  const during = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      store.getState().tellError(error)
    } finally {
      setBusy(false)
    }
  }
  const measure = async (): Promise<void> => {
    const { windows, relabelled } = await client.monitoring.settle({ name })
    const told =
      windows + relabelled === 0
        ? 'Nothing new could be measured.'
        : `${windows + relabelled} windows measured.`
    store.getState().tell({ tone: 'good', message: told })
  }
  const save = async (window: ChosenWindow): Promise<void> => {
    const { page } = await client.monitoring.report({ name, ...window })
    offerFile(new Blob([page], { type: 'text/html' }), `drift-${name}.html`)
  }
  return (
    <>
      <Button icon={<RefreshCw size={14} />} disabled={isBusy} onClick={() => void during(measure)}>
        Measure now
      </Button>
      <Button
        icon={<FileDown size={14} />}
        disabled={isBusy || !chosen}
        onClick={() => chosen && void during(() => save(chosen))}
      >
        Drift report
      </Button>
    </>
  )
}
