import { useState } from 'react'
import type { MonitorReference } from '../../src/contract/monitoring-contract.ts'
import { reportOf, type ErrorReport } from '../../src/core/errors.ts'
import type { MonitorSpec } from '../../src/core/monitor.ts'
import { RuleEditor } from '../alerts/rule-editor.tsx'
import { useClient } from '../api/client.ts'
import { LabelledField } from '../serving/labelled-field.tsx'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Select } from '../ui/select.tsx'
import { Switch } from '../ui/switch.tsx'
import { TextField } from '../ui/text-field.tsx'
import { BusinessField } from './business-field.tsx'
import { draftOfMonitor, readMonitorDraft, type MonitorDraft } from './monitor-draft.ts'

interface MonitorSettingsProps {
  name: string
  shown: {
    spec: MonitorSpec
    /** False: it is the default one. */
    isOwn: boolean
    references: readonly MonitorReference[]
  }
}

const kinds = [
  { value: 'rows', title: 'rows' },
  { value: 'time', title: 'minutes' },
] as const

/** What is watched of a deployment, and when somebody is told. */
export function MonitorSettings({ name, shown }: MonitorSettingsProps) {
  return (
    <div className="flex max-w-4xl flex-col gap-8 p-6">
      <WatchedForm key={JSON.stringify(shown.spec)} name={name} shown={shown} />
      <RuleEditor deployment={name} />
    </div>
  )
}

function WatchedForm({ name, shown: { spec, isOwn, references } }: MonitorSettingsProps) {
  const client = useClient()
  const store = useAppStore()
  const [draft, setDraft] = useState<MonitorDraft>(() => draftOfMonitor(spec))
  const [isSent, setSent] = useState(false)
  const [refusal, setRefusal] = useState<ErrorReport | null>(null)
  const change = (part: Partial<MonitorDraft>): void => setDraft((last) => ({ ...last, ...part }))
  const read = readMonitorDraft(draft, spec)
  const problems = isSent && 'problems' in read ? read.problems : new Map<string, string>()
  const problemOf = (path: string): string | undefined =>
    [...problems].find(([key]) => key.startsWith(path))?.[1]
  const columns = [...new Set(references.flatMap((each) => each.columns.map((column) => column.name)))]
  const apply = async (next: MonitorSpec | null): Promise<void> => {
    try {
      // Rules are changed beside this form, and stay as they are by now.
      const { spec: kept } = await client.monitoring.show({ name })
      await client.monitoring.apply({ name, spec: next && { ...next, rules: kept.rules } })
      setRefusal(null)
      store.getState().tell({ tone: 'good', message: 'From the next window on it is watched like that.' })
    } catch (error) {
      setRefusal(reportOf(error))
    }
  }
  return (
    <form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        setSent(true)
        if ('spec' in read) void apply(read.spec)
      }}
    >
      <label className="flex items-center gap-2">
        <Switch label="Watched" checked={draft.isOn} onChange={(isOn) => change({ isOn })} />
        Watch this deployment
      </label>
      <div className="flex items-start gap-3">
        <LabelledField label="A window has" problem={problemOf('window')}>
          {({ id, describedBy }) => (
            <TextField
              id={id}
              inputMode="numeric"
              aria-describedby={describedBy}
              value={draft.windowSize}
              invalid={problemOf('window') !== undefined}
              onChange={({ target }) => change({ windowSize: target.value })}
            />
          )}
        </LabelledField>
        <LabelledField label="of">
          {({ id }) => (
            <Select
              id={id}
              value={draft.windowKind}
              options={kinds}
              onChange={(windowKind) => change({ windowKind })}
            />
          )}
        </LabelledField>
        <LabelledField
          label="Drift from so many columns on"
          hint="per cent of them"
          problem={problemOf('share')}
        >
          {({ id, describedBy }) => (
            <TextField
              id={id}
              inputMode="decimal"
              aria-describedby={describedBy}
              value={draft.sharePercent}
              invalid={problemOf('share') !== undefined}
              onChange={({ target }) => change({ sharePercent: target.value })}
            />
          )}
        </LabelledField>
        <LabelledField
          label="A drop of quality is more than"
          hint="points of a share; an error: per cent"
          problem={problemOf('quality')}
        >
          {({ id, describedBy }) => (
            <TextField
              id={id}
              inputMode="decimal"
              aria-describedby={describedBy}
              value={draft.marginPercent}
              invalid={problemOf('quality') !== undefined}
              onChange={({ target }) => change({ marginPercent: target.value })}
            />
          )}
        </LabelledField>
      </div>
      <label className="flex items-center gap-2">
        <Checkbox
          label="Correct for many columns"
          checked={draft.adjust}
          onChange={(adjust) => change({ adjust })}
        />
        Correct for many columns where they are compared by tests (Benjamini and Hochberg)
      </label>
      <ColumnChoice
        title="Measure everything once more by the values of"
        problem={problemOf('segments')}
        columns={columns}
        chosen={draft.segments}
        onChange={(segments) => change({ segments })}
      />
      <ColumnChoice
        title="Do not compare"
        columns={columns}
        chosen={draft.ignored}
        onChange={(ignored) => change({ ignored })}
      />
      <BusinessField
        metrics={draft.business}
        problems={problems}
        onChange={(business) => change({ business })}
      />
      {refusal && (
        <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
          {refusal.message} {refusal.remedy}
        </p>
      )}
      <div className="flex gap-2">
        <Button type="submit" tone="accent" disabled={problems.size > 0}>
          Watch like this
        </Button>
        {isOwn && <Button onClick={() => void apply(null)}>As usual</Button>}
      </div>
    </form>
  )
}

interface ColumnChoiceProps {
  title: string
  problem?: string | undefined
  columns: readonly string[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}

function ColumnChoice({ title, problem, columns, chosen, onChange }: ColumnChoiceProps) {
  const all = [...new Set([...columns, ...chosen])]
  if (all.length === 0) return null
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="text-xs text-ink-soft">{title}</legend>
      <div className="flex max-h-40 flex-wrap gap-x-4 gap-y-1.5 overflow-auto">
        {all.map((column) => (
          <label key={column} className="flex items-center gap-1.5">
            <Checkbox
              label={`${title}: ${column}`}
              checked={chosen.includes(column)}
              onChange={(isChosen) =>
                onChange(isChosen ? [...chosen, column] : chosen.filter((each) => each !== column))
              }
            />
            {column}
          </label>
        ))}
      </div>
      {problem !== undefined && <p className="text-xs text-bad">{problem}</p>}
    </fieldset>
  )
}
