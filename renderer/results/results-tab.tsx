import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import type { SelectedNode } from '../inspector/selected-node.ts'
import { Spinner } from '../ui/spinner.tsx'
import { DataMessage } from './data/data-message.tsx'
import { ModelResults } from './model/model-results.tsx'
import type { ShownOutput } from './outputs-of-step.ts'
import { ReportView } from './reports/report-view.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'

interface ResultsTabProps {
  selected: SelectedNode
  /** Reports and models. */
  outputs: readonly ShownOutput[]
}

/** Reports and models that a step made. */
export function ResultsTab({ selected, outputs }: ResultsTabProps) {
  const hashes = outputs.map(({ hash }) => hash).join(' ')
  return (
    <ScrollRegion label="Results" className="h-full focus-visible:-outline-offset-2">
      <div key={hashes} className="selectable flex flex-col gap-6 p-4">
        {outputs.some(({ kind }) => kind === 'report') && <Reports selected={selected} outputs={outputs} />}
        {outputs.map(
          ({ kind, hash }) => kind === 'model' && <ModelResults key={hash} choice={{ artifact: hash }} />,
        )}
      </div>
    </ScrollRegion>
  )
}

function Reports({ selected: { id, run, step }, outputs }: ResultsTabProps) {
  const client = useClient()
  const key = run && step ? `${run.id} ${id} ${outputs.map(({ hash }) => hash).join(' ')}` : null
  const { data, error } = useQuery(key, (signal) => client.runs.step({ run: run!.id, node: id }, { signal }))
  if (error) return <DataMessage error={error} />
  if (!data) return <Spinner label="Reading the report" />
  return Object.entries(data.reports).map(([port, report]) => <ReportView key={port} report={report} />)
}
