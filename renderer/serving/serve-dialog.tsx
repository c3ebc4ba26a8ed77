import { useState } from 'react'
import type { DeploymentInfo } from '../../src/contract/deployment-info.ts'
import { reportOf, type ErrorReport } from '../../src/core/errors.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import { LabelledField } from './labelled-field.tsx'
import { MoreAboutServing } from './more-about-serving.tsx'
import { endpointName } from './registered-references.ts'
import { ServedVersionsField } from './served-versions-field.tsx'
import { draftOf, readDraft, type SpecDraft } from './spec-draft.ts'

interface ServeDialogProps {
  /** What is changed; null makes a new one. */
  current: DeploymentInfo | null
  /** The model that a new one serves at first. */
  reference?: string
  onClose: () => void
  onDone: (name: string) => void
}

/** Makes an endpoint, or changes what one serves. */
export function ServeDialog({ current, reference, onClose, onDone }: ServeDialogProps) {
  const client = useClient()
  const { data } = useQuery('models', (signal) => client.models.list(undefined, { signal }))
  const models = data?.models ?? []
  const [draft, setDraft] = useState<SpecDraft>(() => begun(current, reference))
  const [isOn, setOn] = useState(current?.isOn ?? true)
  const [isSent, setSent] = useState(false)
  const [refusal, setRefusal] = useState<ErrorReport | null>(null)
  const change = (part: Partial<SpecDraft>): void =>
    setDraft((last) => {
      const next = { ...last, ...part }
      const first = next.versions[0]?.reference ?? ''
      const isUntouched = last.name === '' || last.name === endpointName(last.versions[0]?.reference ?? '')
      return current || !isUntouched || part.name !== undefined
        ? next
        : { ...next, name: endpointName(first) }
    })
  const read = readDraft(draft, current?.spec ?? null)
  const problems = isSent && 'problems' in read ? read.problems : new Map<string, string>()
  const send = async (): Promise<void> => {
    setSent(true)
    if ('problems' in read) return
    try {
      const { name } = read.spec
      await client.deployments.apply({ spec: read.spec, basedOn: current?.revision ?? null })
      if (!current && isOn) await client.deployments.switchOn({ name })
      onDone(name)
    } catch (error) {
      setRefusal(reportOf(error))
    }
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={current ? `Change “${current.name}”` : 'Serve a model'}
      description={
        current
          ? 'It goes over to what is wished for without a request being lost.'
          : 'Other programs of this machine ask it over HTTP.'
      }
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="accent" disabled={draft.versions[0]?.reference === ''} onClick={() => void send()}>
            {current ? 'Change' : isOn ? 'Serve' : 'Make the endpoint'}
          </Button>
        </>
      }
    >
      {data?.models.length === 0 ? (
        <p className="text-ink-soft">
          No model is registered yet: put “Register model” behind a model in a pipeline and run it.
        </p>
      ) : (
        <div className="flex flex-col gap-5">
          <ServedVersionsField
            versions={draft.versions}
            models={models}
            problems={problems}
            onChange={(versions) => change({ versions })}
          />
          <LabelledField
            label="Name"
            hint="Part of addresses: small letters, digits and “-”."
            problem={problems.get('name')}
          >
            {({ id, describedBy }) => (
              <TextField
                id={id}
                aria-describedby={describedBy}
                value={draft.name}
                disabled={current !== null}
                invalid={problems.has('name')}
                onChange={({ target }) => change({ name: target.value })}
              />
            )}
          </LabelledField>
          {!current && (
            <label className="flex items-center gap-2">
              <Checkbox label="Switch it on at once" checked={isOn} onChange={setOn} />
              Switch it on at once
            </label>
          )}
          <MoreAboutServing draft={draft} models={models} problems={problems} onChange={change} />
          {refusal && (
            <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
              {refusal.message} {refusal.remedy}
            </p>
          )}
        </div>
      )}
    </Dialog>
  )
}

function begun(current: DeploymentInfo | null, reference: string | undefined): SpecDraft {
  const draft = draftOf(current?.spec ?? null)
  if (current || reference === undefined) return draft
  return {
    ...draft,
    name: endpointName(reference),
    versions: [{ reference, role: 'live', weight: '1' }],
  }
}
