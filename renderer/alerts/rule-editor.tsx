import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { defaultAlertRules, type AlertRule } from '../../src/core/alert-rule.ts'
import type { MonitorSpec } from '../../src/core/monitor.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useAppStore } from '../state/store.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { Switch } from '../ui/switch.tsx'
import { ruleText, severityTones } from './alert-words.ts'
import { RuleDialog } from './rule-dialog.tsx'

/** When somebody is told about an endpoint, and who. Each change holds at once. */
export function RuleEditor({ deployment, onChange }: { deployment: string; onChange?: () => void }) {
  const client = useClient()
  const store = useAppStore()
  const [round, setRound] = useState(0)
  /** The rule that a form is open for; `new` for one more. */
  const [edited, setEdited] = useState<AlertRule | 'new' | null>(null)
  const { data, error } = useQuery(`${deployment} ${round}`, (signal) =>
    client.monitoring.show({ name: deployment }, { signal }),
  )
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) return <Spinner label="Reading the rules" />
  const { spec: shown, references } = data
  const columns = [...new Set(references.flatMap((each) => each.columns.map(({ name }) => name)))]
  const change = async (how: (rules: MonitorSpec['rules']) => MonitorSpec['rules']): Promise<void> => {
    try {
      // Something else about the monitor may have been changed since.
      const { spec } = await client.monitoring.show({ name: deployment })
      await client.monitoring.apply({ name: deployment, spec: { ...spec, rules: how(spec.rules) } })
      setRound((last) => last + 1)
      onChange?.()
    } catch (thrown) {
      store.getState().tellError(thrown)
    }
  }
  const replace = (rule: AlertRule): void =>
    void change((rules) =>
      rules.some(({ id }) => id === rule.id)
        ? rules.map((each) => (each.id === rule.id ? rule : each))
        : [...rules, rule],
    )
  return (
    <section className="flex flex-col gap-3">
      <h2 className="font-semibold">When somebody is told</h2>
      {shown.rules.length === 0 ? (
        <p className="text-ink-soft">There is no rule: nobody is told of anything.</p>
      ) : (
        <ul aria-label="Rules" className="flex flex-col">
          {shown.rules.map((rule) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              onChange={replace}
              onEdit={() => setEdited(rule)}
              onRemove={() => void change((rules) => rules.filter(({ id }) => id !== rule.id))}
            />
          ))}
        </ul>
      )}
      <div className="flex gap-2">
        <Button icon={<Plus size={14} aria-hidden />} onClick={() => setEdited('new')}>
          Add a rule
        </Button>
        <Button tone="quiet" onClick={() => void change(() => [...defaultAlertRules])}>
          Back to the usual rules
        </Button>
      </div>
      {edited !== null && (
        <RuleDialog
          base={edited === 'new' ? null : edited}
          taken={shown.rules.map(({ id }) => id)}
          columns={columns}
          onClose={() => setEdited(null)}
          onKeep={(rule) => {
            setEdited(null)
            replace(rule)
          }}
        />
      )}
    </section>
  )
}

interface RuleRowProps {
  rule: AlertRule
  onChange: (rule: AlertRule) => void
  onEdit: () => void
  onRemove: () => void
}

function RuleRow({ rule, onChange, onEdit, onRemove }: RuleRowProps) {
  const { title, severity, isOn, channels } = rule
  return (
    <li className="flex items-center gap-3 border-b border-line py-2.5 last:border-b-0">
      <Switch
        label={`Watch for “${title}”`}
        checked={isOn}
        onChange={(next) => onChange({ ...rule, isOn: next })}
      />
      <div className={isOn ? 'min-w-0 flex-1' : 'min-w-0 flex-1 text-ink-faint'}>
        <p className="flex items-center gap-2">
          <span className="truncate font-medium">{title}</span>
          <Badge tone={isOn ? severityTones[severity] : 'plain'}>{severity}</Badge>
        </p>
        <p className="text-xs text-ink-soft">
          {ruleText(rule)}. {channels.length === 0 ? 'Nobody is told.' : `Told: ${channels.join(', ')}.`}
        </p>
      </div>
      <IconButton label={`Change “${title}”`} onClick={onEdit}>
        <Pencil size={14} aria-hidden />
      </IconButton>
      <IconButton label={`Remove “${title}”`} onClick={onRemove}>
        <Trash2 size={14} aria-hidden />
      </IconButton>
    </li>
  )
}
