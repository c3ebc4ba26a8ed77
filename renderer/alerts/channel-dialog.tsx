import { useState } from 'react'
import {
  mailSecurities,
  webhookFormats,
  type AlertChannel,
  type ChannelTarget,
} from '../../src/core/alert-channel.ts'
import { reportOf, type ErrorReport } from '../../src/core/errors.ts'
import { useClient } from '../api/client.ts'
import { LabelledField } from '../serving/labelled-field.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { Select } from '../ui/select.tsx'
import { TextArea } from '../ui/text-area.tsx'
import { TextField } from '../ui/text-field.tsx'
import { draftOfChannel, pagerDutyAddress, readChannelDraft, type ChannelDraft } from './channel-draft.ts'

const kinds: readonly { value: ChannelTarget['kind']; title: string }[] = [
  { value: 'webhook', title: 'Webhook' },
  { value: 'email', title: 'E-mail' },
  { value: 'command', title: 'Program' },
]

/** Makes a channel, or changes one. */
export function ChannelDialog({ base, onClose }: { base: AlertChannel | null; onClose: () => void }) {
  const client = useClient()
  const [draft, setDraft] = useState<ChannelDraft>(() => draftOfChannel(base))
  const [isTrusted, setTrusted] = useState(false)
  const [isSent, setSent] = useState(false)
  const [refusal, setRefusal] = useState<ErrorReport | null>(null)
  const change = (part: Partial<ChannelDraft>): void => setDraft((last) => ({ ...last, ...part }))
  const read = readChannelDraft(draft, base)
  const problems = isSent && 'problems' in read ? read.problems : new Map<string, string>()
  const fields = { draft, problems, onChange: change }
  const keep = async (): Promise<void> => {
    setSent(true)
    if ('problems' in read) return
    try {
      await client.alerts.keepChannel({ channel: read.channel, trust: isTrusted })
      onClose()
    } catch (error) {
      setRefusal(reportOf(error))
    }
  }
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={base ? `Change “${base.name}”` : 'Add a channel'}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="accent" disabled={draft.kind === 'command' && !isTrusted} onClick={() => void keep()}>
            {base ? 'Change' : 'Add'}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <div>
          <SegmentedControl
            label="What it is"
            value={draft.kind}
            options={kinds}
            onChange={(kind) => change({ kind })}
          />
        </div>
        <Field
          {...fields}
          name="name"
          label="Name"
          hint="As rules call it: small letters, digits and “-”."
          isFixed={base !== null}
        />
        {draft.kind === 'webhook' && <WebhookFields {...fields} />}
        {draft.kind === 'email' && <EmailFields {...fields} />}
        {draft.kind === 'command' && (
          <>
            <CommandField {...fields} />
            <label className="flex items-center gap-2">
              <Checkbox label="I trust this program" checked={isTrusted} onChange={setTrusted} />I trust this
              program: it is run on this computer, in the name of who started Pipewright.
            </label>
          </>
        )}
        {refusal && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-bad">
            {refusal.message} {refusal.remedy}
          </p>
        )}
      </div>
    </Dialog>
  )
}

interface FieldsProps {
  draft: ChannelDraft
  problems: ReadonlyMap<string, string>
  onChange: (part: Partial<ChannelDraft>) => void
}

type TextKey = {
  [Key in keyof ChannelDraft]: string extends ChannelDraft[Key] ? Key : never
}[keyof ChannelDraft]

interface FieldProps extends FieldsProps {
  name: TextKey
  label: string
  hint?: string
  placeholder?: string
  isFixed?: boolean
}

function Field(props: FieldProps) {
  const { draft, problems, onChange, name, label, hint, placeholder, isFixed = false } = props
  return (
    <LabelledField label={label} problem={problems.get(name)} {...(hint !== undefined && { hint })}>
      {({ id, describedBy }) => (
        <TextField
          id={id}
          aria-describedby={describedBy}
          value={draft[name]}
          placeholder={placeholder}
          disabled={isFixed}
          invalid={problems.has(name)}
          onChange={({ target }) => onChange({ [name]: target.value })}
        />
      )}
    </LabelledField>
  )
}

const formatTitles = {
  slack: 'Slack, or what speaks as it does',
  pagerduty: 'PagerDuty',
  cloudevents: 'CloudEvents',
  plain: 'Plain JSON',
} as const
const formats = webhookFormats.map((value) => ({ value, title: formatTitles[value] }))

function WebhookFields(props: FieldsProps) {
  const { draft, onChange } = props
  const isPagerDuty = draft.format === 'pagerduty'
  return (
    <>
      <LabelledField label="What it takes">
        {({ id }) => (
          <Select
            id={id}
            value={draft.format}
            options={formats}
            onChange={(format) =>
              onChange({
                format,
                ...(format === 'pagerduty' && draft.url === '' && { url: pagerDutyAddress }),
              })
            }
          />
        )}
      </LabelledField>
      <Field
        {...props}
        name="url"
        label="Address"
        placeholder="https://… or secret:chat"
        hint="One that nobody else may know is kept as a secret, and named here."
      />
      {isPagerDuty && (
        <Field {...props} name="routingKey" label="Integration key" placeholder="secret:pager" />
      )}
    </>
  )
}

const securityTitles = { tls: 'TLS', starttls: 'STARTTLS', none: 'None' } as const
const securities = mailSecurities.map((value) => ({ value, title: securityTitles[value] }))
const usualPorts = { tls: '465', starttls: '587', none: '25' } as const

function EmailFields(props: FieldsProps) {
  const { draft, onChange } = props
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_6rem] gap-4">
        <Field {...props} name="host" label="Mail server" placeholder="smtp.example.com" />
        <Field {...props} name="port" label="Port" />
      </div>
      <div className="flex flex-col items-start gap-1">
        <span className="text-xs text-ink-soft">Encryption</span>
        <SegmentedControl
          label="Encryption"
          value={draft.security}
          options={securities}
          onChange={(security) => onChange({ security, port: usualPorts[security] })}
        />
      </div>
      <div className="grid grid-cols-2 gap-4">
        <Field {...props} name="user" label="User" placeholder="none" />
        <Field {...props} name="password" label="Password" placeholder="secret:mail" />
        <Field {...props} name="from" label="From" placeholder="pipewright@example.com" />
        <Field {...props} name="to" label="To, with commas between" placeholder="team@example.com" />
      </div>
      <label className="flex items-center gap-2">
        <Checkbox
          label="Through the proxy"
          checked={draft.throughProxy}
          onChange={(throughProxy) => onChange({ throughProxy })}
        />
        Through the proxy of the settings
      </label>
    </>
  )
}

function CommandField({ draft, problems, onChange }: FieldsProps) {
  return (
    <LabelledField
      label="Program and what it is given, a word a line"
      hint="It is run without a shell; the alert is JSON on its standard input."
      problem={problems.get('argv')}
    >
      {({ id, describedBy }) => (
        <TextArea
          id={id}
          aria-describedby={describedBy}
          rows={4}
          value={draft.argv}
          placeholder={'/usr/local/bin/lamp\nred'}
          invalid={problems.has('argv')}
          onChange={({ target }) => onChange({ argv: target.value })}
        />
      )}
    </LabelledField>
  )
}
