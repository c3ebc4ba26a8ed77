import { useState } from 'react'
import type { ModelVersionData } from '../../src/contract/models-contract.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { amountText, metricTitle, momentText } from '../results/format-amounts.ts'
import { ModelResults } from '../results/model/model-results.tsx'
import { FactTable } from '../results/reports/report-parts.tsx'
import { ServeButton } from '../serving/serve-button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { AliasHistory } from './alias-history.tsx'
import { ModelEnvironmentsPanel } from './model-environments.tsx'
import { ModelCardView } from './model-card.tsx'
import { ModelLineage } from './model-lineage.tsx'
import { VersionList } from './version-list.tsx'

type Part = 'model' | 'card' | 'metrics' | 'environments' | 'lineage' | 'history'

const parts = [
  { value: 'model', title: 'Model' },
  { value: 'card', title: 'Card' },
  { value: 'metrics', title: 'Metrics' },
  { value: 'environments', title: 'Environments' },
  { value: 'lineage', title: 'Where it comes from' },
  { value: 'history', title: 'Aliases over time' },
] as const

interface ModelPageProps {
  name: string
  round: number
  /** An alias was set or removed. */
  onChanged: () => void
}

/** One model of the registry: its versions, and one of them closely. */
export function ModelPage({ name, round, onChanged }: ModelPageProps) {
  const client = useClient()
  const [chosen, setChosen] = useState<number | null>(null)
  const [part, setPart] = useState<Part>('model')
  const reference = chosen === null ? name : `${name}:${chosen}`
  const { data, error } = useQuery(`${reference} ${round}`, (signal) =>
    client.models.show({ reference }, { signal }),
  )
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) {
    return (
      <div className="p-6">
        <Spinner label="Reading the model" />
      </div>
    )
  }
  const { version, versions, aliasHistory, model, pipeline } = data
  return (
    <div className="selectable flex flex-col gap-5 p-6">
      <header className="flex items-start gap-4">
        <div className="min-w-0 flex-1">
          <h2 className="text-lg font-semibold">{name}</h2>
          {version.description !== '' && <p className="text-ink-soft">{version.description}</p>}
        </div>
        <ServeButton key={version.version} reference={`${name}:${version.version}`} />
      </header>
      <VersionList versions={versions} shown={version.version} onShow={setChosen} onChanged={onChanged} />
      <div className="flex items-center gap-3">
        <SegmentedControl label="About the version" value={part} options={parts} onChange={setPart} />
        <span className="text-xs text-ink-soft tabular">
          Version {version.version}, {momentText(version.createdAt)}
        </span>
      </div>
      {part === 'model' &&
        (model ? (
          <ModelResults key={version.artifact} choice={{ artifact: version.artifact }} />
        ) : (
          <p className="text-ink-soft">
            The files of this version are no longer in the workspace; run its pipeline again to make it anew.
          </p>
        ))}
      {part === 'card' && <ModelCardView key={version.version} model={name} version={version.version} />}
      {part === 'metrics' && <VersionMetrics versions={versions} />}
      {part === 'environments' && (
        <ModelEnvironmentsPanel model={name} version={version.version} round={round} onChanged={onChanged} />
      )}
      {part === 'lineage' && <ModelLineage version={version} model={model} pipeline={pipeline} />}
      {part === 'history' && <AliasHistory changes={aliasHistory} />}
    </div>
  )
}

/** The metrics of all versions beside each other, the newest first. */
function VersionMetrics({ versions }: { versions: readonly ModelVersionData[] }) {
  const newest = versions.toSorted((a, b) => b.version - a.version).slice(0, 8)
  const names = [...new Set(newest.flatMap(({ metrics }) => Object.keys(metrics)))]
  if (names.length === 0) return <p className="text-ink-soft">No metrics came with this model.</p>
  return (
    <FactTable
      label="Metrics of the versions"
      columns={[
        { title: 'Metric' },
        ...newest.map(({ version }) => ({ title: `Version ${version}`, isNumber: true })),
      ]}
      rows={names.map((name) =>
        [metricPath(name)].concat(
          newest.map(({ metrics }) => (metrics[name] === undefined ? '–' : amountText(metrics[name]))),
        ),
      )}
    />
  )
}

/** `evaluate.roc_auc` → “ROC AUC (evaluate)”. */
function metricPath(path: string): string {
  const at = path.lastIndexOf('.')
  return at === -1 ? metricTitle(path) : `${metricTitle(path.slice(at + 1))} (${path.slice(0, at)})`
}
