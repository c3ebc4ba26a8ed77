import { Plus, X } from 'lucide-react'
import type { RegisteredModelData } from './registered-references.ts'
import { shareText } from '../results/format-amounts.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'
import { referencesOf } from './registered-references.ts'
import type { VersionDraft } from './spec-draft.ts'

interface ServedVersionsFieldProps {
  versions: readonly VersionDraft[]
  models: readonly RegisteredModelData[]
  problems: ReadonlyMap<string, string>
  onChange: (versions: readonly VersionDraft[]) => void
}

const roles = [
  { value: 'live', title: 'Answers', detail: 'Its share of the requests, by weight.' },
  {
    value: 'canary',
    title: 'Canary',
    detail: 'Answers its share for as long as it does no worse than the others; else it is taken back.',
  },
  { value: 'shadow', title: 'Shadow', detail: 'Gets a copy of the requests, is compared and never answers.' },
] as const

/** Which versions are served, as what, and with which share of the traffic. */
export function ServedVersionsField({ versions, models, problems, onChange }: ServedVersionsFieldProps) {
  const change = (index: number, part: Partial<VersionDraft>): void =>
    onChange(versions.map((version, at) => (at === index ? { ...version, ...part } : version)))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-xs text-ink-soft">What it serves, as what, and with which weight</legend>
      {versions.map((version, index) => {
        const problem =
          problems.get(`versions.${index}.reference`) ?? problems.get(`versions.${index}.weight`)
        const number = index + 1
        return (
          <div key={index} className="flex flex-col gap-1">
            <div className="flex items-center gap-2">
              <div className="min-w-0 flex-1">
                <Select
                  label={`Version ${number}`}
                  value={version.reference}
                  invalid={problems.has(`versions.${index}.reference`)}
                  options={referencesOf(models, version.reference)}
                  onChange={(reference) => change(index, { reference })}
                />
              </div>
              <div className="w-32 shrink-0">
                <Select
                  label={`Role of version ${number}`}
                  value={version.role}
                  options={roles}
                  onChange={(role) => change(index, { role })}
                />
              </div>
              <div className="flex w-32 shrink-0 items-center gap-2">
                <TextField
                  aria-label={`Weight of version ${number}`}
                  inputMode="decimal"
                  value={version.weight}
                  invalid={problems.has(`versions.${index}.weight`)}
                  onChange={({ target }) => change(index, { weight: target.value })}
                />
                <span className="w-12 shrink-0 text-xs text-ink-soft tabular">
                  {shareOf(version, versions)}
                </span>
              </div>
              <IconButton
                label={`Leave out version ${number}`}
                disabled={versions.length === 1}
                onClick={() => onChange(versions.filter((_, at) => at !== index))}
              >
                <X size={14} />
              </IconButton>
            </div>
            {problem && <p className="text-xs text-bad">{problem}</p>}
          </div>
        )
      })}
      <Button
        tone="quiet"
        icon={<Plus size={14} />}
        className="-ml-2 self-start"
        onClick={() => onChange([...versions, { reference: '', role: 'shadow', weight: '1' }])}
      >
        Another version
      </Button>
    </fieldset>
  )
}

/** Of the requests it answers; of a shadow those it gets a copy of. */
function shareOf({ role, weight }: VersionDraft, versions: readonly VersionDraft[]): string {
  const total = versions
    .filter((each) => each.role !== 'shadow')
    .reduce((sum, each) => sum + Number(each.weight), 0)
  const share = role === 'shadow' ? Math.min(1, Number(weight)) : Number(weight) / total
  return Number.isFinite(share) ? shareText(share) : ''
}
