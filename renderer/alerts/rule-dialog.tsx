import { useState } from 'react'
import type { AlertComparison, AlertRule, AlertSeverity } from '../../src/core/alert-rule.ts'
import { metricTitle } from '../../src/core/metric-words.ts'
import { monitorMetrics } from '../../src/core/monitor-metrics.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { LabelledField } from '../serving/labelled-field.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import {
  draftOfRule,
  hasColumns,
  hasLimit,
  readRuleDraft,
  thresholdUnit,
  type RuleDraft,
} from './rule-draft.ts'

interface RuleDialogProps {
  /** What is changed; null makes a new one. */
  base: AlertRule | null
  taken: readonly string[]
  /** Of the model, to choose from. */
  columns: readonly string[]
  onClose: () => void
  onKeep: (rule: AlertRule) => void
}

const severities: readonly { value: AlertSeverity; title: string }[] = [
  { value: 'info', title: 'Info' },
  { value: 'warning', title: 'Warning' },
  { value: 'critical', title: 'Critical' },
]
const metrics = ['quality', ...monitorMetrics].map((metric) => ({
  value: metric,
  title: metric === 'quality' ? 'Quality, whichever way it is measured' : metricTitle(metric),
}))
const comparisons: readonly { value: AlertComparison; title: string }[] = [
  { value: 'beyond-limit', title: 'is beyond the monitor’s limit' },
  { value: 'above', title: 'is above' },
  { value: 'below', title: 'is below' },
  { value: 'no-data', title: 'has no value' },
]
const holdings = [
  { value: 'windows', title: 'windows in a row' },
  { value: 'minutes', title: 'minutes' },
] as const
/** In place of a column: a select has no empty value. */
const anyColumn = '*'

/** Makes a rule, or changes one. */
export function RuleDialog({ base, taken, columns, onClose, onKeep }: RuleDialogProps) {
  const [draft, setDraft] = useState<RuleDraft>(() => draftOfRule(base))
  const [isSent, setSent] = useState(false)
  const change = (part: Partial<RuleDraft>): void => setDraft((last) => settled({ ...last, ...part }))
  const read = readRuleDraft(draft, { base, taken })
  const problems = isSent && 'problems' in read ? read.problems : new Map<string, string>()
  const keep = (): void => {
    setSent(true)
    if ('rule' in read) onKeep(read.rule)
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={base ? `Change “${base.title}”` : 'Add a rule'}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="accent" onClick={keep}>
            {base ? 'Change' : 'Add'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <LabelledField label="What is wrong then" problem={problems.get('title')}>
          {({ id, describedBy }) => (
            <TextField
              id={id}
              aria-describedby={describedBy}
              value={draft.title}
              placeholder="Answers take too long"
              invalid={problems.has('title')}
              onChange={({ target }) => change({ title: target.value })}
            />
          )}
        </LabelledField>
        <Condition draft={draft} columns={columns} problems={problems} onChange={change} />
        <div className="flex flex-wrap items-start gap-4">
          <div className="flex flex-col gap-1">
            <span className="text-xs text-ink-soft">Severity</span>
            <SegmentedControl
              label="Severity"
              value={draft.severity}
              options={severities}
              onChange={(severity) => change({ severity })}
            />
          </div>
          <LabelledField
            label="Quiet time, minutes"
            hint="After somebody was told, nobody is told again for so long."
            problem={problems.get('quietMinutes')}
          >
            {({ id, describedBy }) => (
              <TextField
                id={id}
                aria-describedby={describedBy}
                inputMode="decimal"
                value={draft.quietMinutes}
                invalid={problems.has('quietMinutes')}
                onChange={({ target }) => change({ quietMinutes: target.value })}
              />
            )}
          </LabelledField>
        </div>
        <Channels chosen={draft.channels} onChange={(channels) => change({ channels })} />
      </div>
    </Dialog>
  )
}

/** What one field says may leave others without sense. */
function settled(draft: RuleDraft): RuleDraft {
  if (draft.comparison === 'beyond-limit' && !hasLimit(draft.metric)) return { ...draft, comparison: 'above' }
  if (draft.comparison === 'no-data' && draft.holding !== 'minutes')
    return { ...draft, holding: 'minutes', amount: '60' }
  return draft
}

interface ConditionProps {
  draft: RuleDraft
  columns: readonly string[]
  problems: ReadonlyMap<string, string>
  onChange: (part: Partial<RuleDraft>) => void
}

function Condition({ draft, columns, problems, onChange }: ConditionProps) {
  const { metric, column, comparison, threshold, holding, amount } = draft
  const unit = thresholdUnit(metric).text
  const named = columns.includes(column) || column === '' ? columns : [...columns, column]
  const wantsThreshold = comparison === 'above' || comparison === 'below'
  return (
    <div className="grid grid-cols-2 gap-4">
      <LabelledField label="Metric">
        {({ id }) => (
          <Select id={id} value={metric} options={metrics} onChange={(next) => onChange({ metric: next })} />
        )}
      </LabelledField>
      {metric === 'business' ? (
        <LabelledField label="Its name" hint="Any of them where it is left empty.">
          {({ id, describedBy }) => (
            <TextField
              id={id}
              aria-describedby={describedBy}
              value={column}
              onChange={({ target }) => onChange({ column: target.value })}
            />
          )}
        </LabelledField>
      ) : (
        hasColumns(metric) && (
          <LabelledField label="Column">
            {({ id }) => (
              <Select
                id={id}
                value={column === '' ? anyColumn : column}
                options={[
                  { value: anyColumn, title: 'Any of them' },
                  ...named.map((name) => ({ value: name, title: name })),
                ]}
                onChange={(next) => onChange({ column: next === anyColumn ? '' : next })}
              />
            )}
          </LabelledField>
        )
      )}
      <LabelledField label="When it" problem={problems.get('comparison')}>
        {({ id }) => (
          <Select
            id={id}
            value={comparison}
            options={comparisons.filter(({ value }) => value !== 'beyond-limit' || hasLimit(metric))}
            onChange={(next) => onChange({ comparison: next })}
          />
        )}
      </LabelledField>
      {wantsThreshold && (
        <LabelledField label={unit === '' ? 'Value' : `Value, ${unit}`} problem={problems.get('threshold')}>
          {({ id, describedBy }) => (
            <TextField
              id={id}
              aria-describedby={describedBy}
              inputMode="decimal"
              value={threshold}
              invalid={problems.has('threshold')}
              onChange={({ target }) => onChange({ threshold: target.value })}
            />
          )}
        </LabelledField>
      )}
      <LabelledField
        label="For how long"
        problem={problems.get('for.windows') ?? problems.get('for.minutes') ?? problems.get('for')}
      >
        {({ id, describedBy }) => (
          <div className="flex gap-2">
            <TextField
              id={id}
              aria-describedby={describedBy}
              inputMode="decimal"
              className="w-20"
              value={amount}
              onChange={({ target }) => onChange({ amount: target.value })}
            />
            <Select
              label="Counted in"
              value={holding}
              options={comparison === 'no-data' ? holdings.slice(1) : holdings}
              onChange={(next) => onChange({ holding: next })}
            />
          </div>
        )}
      </LabelledField>
    </div>
  )
}

function Channels(props: { chosen: readonly string[]; onChange: (channels: readonly string[]) => void }) {
  const { chosen, onChange } = props
  const client = useClient()
  const { data } = useQuery('channels', (signal) => client.alerts.channels(undefined, { signal }))
  const known = data?.channels.map(({ name }) => name) ?? ['app', 'desktop']
  const all = [...new Set([...known, ...chosen])]
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-xs text-ink-soft">Who is told</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {all.map((name) => (
          <label key={name} className="flex items-center gap-2">
            <Checkbox
              label={name}
              checked={chosen.includes(name)}
              onChange={(isChosen) =>
                onChange(isChosen ? [...chosen, name] : chosen.filter((each) => each !== name))
              }
            />
            {name}
            {!known.includes(name) && <span className="text-xs text-bad">(there is no such channel)</span>}
          </label>
        ))}
      </div>
      <p className="text-xs text-ink-faint">More channels are made in the settings.</p>
    </fieldset>
  )
}
