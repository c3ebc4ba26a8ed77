import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { LabelledField } from './labelled-field.tsx'
import { referencesOf, type RegisteredModelData } from './registered-references.ts'
import type { SpecDraft } from './spec-draft.ts'

type AmountKey =
  | 'port'
  | 'grpcPort'
  | 'workers'
  | 'timeoutMs'
  | 'logPercent'
  | 'keepDays'
  | 'canaryRequests'
  | 'canaryErrors'
  | 'canaryLatency'

const placeholders: Readonly<Partial<Record<AmountKey, string>>> = {
  port: 'any',
  grpcPort: 'none',
  workers: 'one a core',
}

interface MoreAboutServingProps {
  draft: SpecDraft
  models: readonly RegisteredModelData[]
  problems: ReadonlyMap<string, string>
  onChange: (part: Partial<SpecDraft>) => void
}

const fallbacks = [
  { value: 'none', title: 'An error' },
  { value: 'constant', title: 'A fixed answer' },
  { value: 'version', title: 'Another version’s answer' },
  { value: 'rule', title: 'What an expression gives' },
] as const

/** What most leave as it is: port, processes, fallback, log. */
export function MoreAboutServing(props: MoreAboutServingProps) {
  const [isOpen, setOpen] = useState(false)
  // What is wrong must be seen.
  const isShown =
    isOpen ||
    ['port', 'grpcPort', 'workers', 'timeoutMs', 'log.', 'fallback', 'canary.'].some((path) =>
      [...props.problems.keys()].some((key) => key.startsWith(path)),
    )
  return (
    <section className="flex flex-col gap-4">
      <button
        type="button"
        aria-expanded={isShown}
        className="inline-flex items-center gap-1 self-start rounded-sm font-medium"
        onClick={() => setOpen(!isShown)}
      >
        {isShown ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
        More
      </button>
      {isShown && <Fields {...props} />}
    </section>
  )
}

function Fields({ draft, models, problems, onChange }: MoreAboutServingProps) {
  const amount = (path: string, key: AmountKey) =>
    function Amount({ id, describedBy }: { id: string; describedBy: string | undefined }) {
      return (
        <TextField
          id={id}
          inputMode="numeric"
          aria-describedby={describedBy}
          value={draft[key]}
          invalid={problems.has(path)}
          placeholder={placeholders[key] ?? ''}
          onChange={({ target }) => onChange({ [key]: target.value })}
        />
      )
    }
  return (
    <div className="flex flex-col gap-4">
      <div className="flex gap-4">
        <LabelledField label="Port" hint="Kept between starts." problem={problems.get('port')}>
          {amount('port', 'port')}
        </LabelledField>
        <LabelledField label="Port of gRPC" hint="0: any." problem={problems.get('grpcPort')}>
          {amount('grpcPort', 'grpcPort')}
        </LabelledField>
        <LabelledField
          label="Processes"
          hint="That answer at the same time."
          problem={problems.get('workers')}
        >
          {amount('workers', 'workers')}
        </LabelledField>
        <LabelledField label="Longest answer" hint="Milliseconds." problem={problems.get('timeoutMs')}>
          {amount('timeoutMs', 'timeoutMs')}
        </LabelledField>
      </div>
      <div className="flex items-start gap-4">
        <LabelledField label="When the model fails or takes too long">
          {({ id }) => (
            <Select
              id={id}
              value={draft.fallback}
              options={fallbacks}
              onChange={(fallback) => onChange({ fallback, fallbackText: '' })}
            />
          )}
        </LabelledField>
        {draft.fallback !== 'none' && (
          <LabelledField label="It answers" problem={problemUnder('fallback', problems)}>
            {({ id, describedBy }) =>
              draft.fallback === 'version' ? (
                <Select
                  id={id}
                  value={draft.fallbackText}
                  options={referencesOf(models, draft.fallbackText)}
                  onChange={(fallbackText) => onChange({ fallbackText })}
                />
              ) : (
                <TextField
                  id={id}
                  aria-describedby={describedBy}
                  value={draft.fallbackText}
                  placeholder={draft.fallback === 'rule' ? 'if(tenure < 12, "Yes", "No")' : ''}
                  onChange={({ target }) => onChange({ fallbackText: target.value })}
                />
              )
            }
          </LabelledField>
        )}
      </div>
      <LabelledField
        label="The same version for the same"
        hint="A column of the rows, or header:NAME. Empty: by chance."
        problem={problems.get('stickyBy')}
      >
        {({ id, describedBy }) => (
          <TextField
            id={id}
            aria-describedby={describedBy}
            value={draft.stickyBy}
            onChange={({ target }) => onChange({ stickyBy: target.value })}
          />
        )}
      </LabelledField>
      <div className="flex gap-4">
        <LabelledField label="Logged" hint="Per cent of the requests." problem={problems.get('log.share')}>
          {amount('log.share', 'logPercent')}
        </LabelledField>
        <LabelledField label="Log kept" hint="Days." problem={problems.get('log.keepDays')}>
          {amount('log.keepDays', 'keepDays')}
        </LabelledField>
        <LabelledField label="Columns that are never logged" hint="Separated by commas.">
          {({ id, describedBy }) => (
            <TextField
              id={id}
              aria-describedby={describedBy}
              defaultValue={draft.neverLogged.join(', ')}
              onChange={({ target }) =>
                onChange({
                  neverLogged: target.value
                    .split(',')
                    .flatMap((name) => (name.trim() === '' ? [] : [name.trim()])),
                })
              }
            />
          )}
        </LabelledField>
      </div>
      {draft.versions.some(({ role }) => role === 'canary') && (
        <div className="flex gap-4">
          <LabelledField
            label="Canary judged after"
            hint="Requests."
            problem={problems.get('canary.minimumRequests')}
          >
            {amount('canary.minimumRequests', 'canaryRequests')}
          </LabelledField>
          <LabelledField
            label="More errors allowed"
            hint="Per cent of its requests."
            problem={problems.get('canary.errorMargin')}
          >
            {amount('canary.errorMargin', 'canaryErrors')}
          </LabelledField>
          <LabelledField
            label="Slower at most"
            hint="Times, at the 95th percentile."
            problem={problems.get('canary.latencyFactor')}
          >
            {amount('canary.latencyFactor', 'canaryLatency')}
          </LabelledField>
        </div>
      )}
    </div>
  )
}

const problemUnder = (path: string, problems: ReadonlyMap<string, string>): string | undefined =>
  [...problems].find(([key]) => key.startsWith(path))?.[1]
