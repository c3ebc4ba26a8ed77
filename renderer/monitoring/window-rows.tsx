import { useState } from 'react'
import type { LoggedPrediction } from '../../src/contract/prediction-log-contract.ts'
import type { Segment } from '../../src/core/monitor.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { PredictionRecords } from '../serving/prediction-records.tsx'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatCount } from '../ui/format-amount.ts'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { Spinner } from '../ui/spinner.tsx'
import type { ChosenWindow } from './metric-figure.tsx'

interface WindowRowsProps {
  name: string
  window: ChosenWindow
  segment: Segment | null
}

const pageRows = 100

/** The rows that a window was measured over. */
export function WindowRows({ name, window, segment }: WindowRowsProps) {
  const client = useClient()
  const store = useAppStore()
  const [older, setOlder] = useState<{ records: readonly LoggedPrediction[]; next: number | null } | null>(
    null,
  )
  const { data: shown } = useQuery(`inputs of ${name}`, (signal) =>
    client.deployments.show({ name }, { signal }),
  )
  const { data, error } = useQuery(JSON.stringify([name, window, segment]), (signal) =>
    client.monitoring.rows({ name, ...window, segment, limit: pageRows }, { signal }),
  )
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) {
    return (
      <div className="p-6">
        <Spinner label="Reading the rows" />
      </div>
    )
  }
  const records = [...data.records, ...(older?.records ?? [])]
  const next = older ? older.next : data.next
  const readOlder = async (): Promise<void> => {
    try {
      const page = await client.monitoring.rows({ name, ...window, segment, limit: pageRows, after: next! })
      setOlder((last) => ({ records: [...(last?.records ?? []), ...page.records], next: page.next }))
    } catch (thrown) {
      store.getState().tellError(thrown)
    }
  }
  return (
    <ScrollRegion label="Rows of the window" className="selectable h-full px-6 py-3">
      <p className="pb-2 text-xs text-ink-soft">
        {formatCount(data.rows)} rows{segment && ` where ${segment.column} is ${segment.value}`}
      </p>
      <PredictionRecords name={name} inputs={shown?.inputs ?? null} records={records} />
      {next !== null && (
        <Button className="mt-3" onClick={() => void readOlder()}>
          Show older ones
        </Button>
      )}
    </ScrollRegion>
  )
}
