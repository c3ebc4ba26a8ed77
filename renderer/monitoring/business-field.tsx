import { Plus, Trash2 } from 'lucide-react'
import { LabelledField } from '../serving/labelled-field.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { emptyBusiness, type BusinessDraft } from './monitor-draft.ts'

interface BusinessFieldProps {
  metrics: readonly BusinessDraft[]
  problems: ReadonlyMap<string, string>
  onChange: (metrics: readonly BusinessDraft[]) => void
}

const aggregates = [
  { value: 'mean', title: 'Mean' },
  { value: 'sum', title: 'Sum' },
  { value: 'share', title: 'Share of rows where it holds' },
] as const
const extents = [
  { value: 'predictions', title: 'of all rows' },
  { value: 'feedback', title: 'of rows with feedback' },
] as const

/** Numbers that the business is run by, computed from rows, answers and feedback. */
export function BusinessField({ metrics, problems, onChange }: BusinessFieldProps) {
  const change = (at: number, part: Partial<BusinessDraft>): void =>
    onChange(metrics.map((metric, index) => (index === at ? { ...metric, ...part } : metric)))
  return (
    <section aria-label="Business metrics" className="flex flex-col gap-3">
      <h3 className="font-medium">Business metrics</h3>
      <p className="text-xs text-ink-soft">
        An expression over the columns that are asked and <code>answer</code>, <code>probability</code>; with
        feedback also <code>label</code> and <code>score</code>. Revenue at risk:{' '}
        <code>{"if(answer = 'Yes', MonthlyCharges, 0)"}</code>, summed up.
      </p>
      {metrics.map((metric, index) => (
        <div key={index} className="flex flex-col gap-2 rounded-md border border-line p-3">
          <div className="flex items-start gap-2">
            <LabelledField label="Name" problem={problems.get(`business.${index}.name`)}>
              {({ id, describedBy }) => (
                <TextField
                  id={id}
                  aria-describedby={describedBy}
                  value={metric.name}
                  invalid={problems.has(`business.${index}.name`)}
                  onChange={({ target }) => change(index, { name: target.value })}
                />
              )}
            </LabelledField>
            <LabelledField label="Measured as">
              {({ id }) => (
                <Select
                  id={id}
                  value={metric.aggregate}
                  options={aggregates}
                  onChange={(aggregate) => change(index, { aggregate })}
                />
              )}
            </LabelledField>
            <LabelledField label="Over">
              {({ id }) => (
                <Select
                  id={id}
                  value={metric.over}
                  options={extents}
                  onChange={(over) => change(index, { over })}
                />
              )}
            </LabelledField>
            <IconButton
              label={`Remove ${metric.name === '' ? 'this metric' : metric.name}`}
              onClick={() => onChange(metrics.filter((_, at) => at !== index))}
            >
              <Trash2 size={14} />
            </IconButton>
          </div>
          <LabelledField label="Expression" problem={problems.get(`business.${index}.expression`)}>
            {({ id, describedBy }) => (
              <TextField
                id={id}
                className="font-mono"
                aria-describedby={describedBy}
                value={metric.expression}
                invalid={problems.has(`business.${index}.expression`)}
                onChange={({ target }) => change(index, { expression: target.value })}
              />
            )}
          </LabelledField>
          <div className="flex gap-2">
            {(['least', 'most'] as const).map((bound) => (
              <LabelledField
                key={bound}
                label={bound === 'least' ? 'Should be at least' : 'Should be at most'}
                problem={problems.get(`business.${index}.${bound}`)}
              >
                {({ id, describedBy }) => (
                  <TextField
                    id={id}
                    inputMode="decimal"
                    aria-describedby={describedBy}
                    value={metric[bound]}
                    placeholder="no limit"
                    invalid={problems.has(`business.${index}.${bound}`)}
                    onChange={({ target }) => change(index, { [bound]: target.value })}
                  />
                )}
              </LabelledField>
            ))}
          </div>
        </div>
      ))}
      <Button
        className="self-start"
        icon={<Plus size={14} />}
        onClick={() => onChange([...metrics, emptyBusiness])}
      >
        Add a metric
      </Button>
    </section>
  )
}
