import { useId, useState } from 'react'
import { settingsSchema } from '../../src/contract/settings-contract.ts'
import { TextField } from '../ui/text-field.tsx'
import { Section } from './section.tsx'
import type { SettingsSection } from './settings-section.ts'

const { proxy: proxySchema, proxyExceptions: exceptionsSchema } = settingsSchema.shape

/** What steps send goes through it, where the network wants that. */
export function ProxySection({ answer: { settings }, change }: SettingsSection) {
  return (
    <Section title="Proxy">
      <p className="mb-2 text-ink-soft">
        What steps send, such as a message to a webhook, goes through it. It holds from the next start on.
      </p>
      <div className="grid grid-cols-2 gap-4">
        <KeptText
          label="Address"
          placeholder="As the environment says"
          value={settings.proxy ?? ''}
          problemOf={(text) =>
            text === '' || proxySchema.safeParse(text).success
              ? null
              : 'As http://host:port, without a name and a password.'
          }
          onChange={(text) => change({ proxy: text === '' ? null : text })}
        />
        <KeptText
          label="Not for these hosts"
          placeholder="intranet.example, .local"
          value={settings.proxyExceptions.join(', ')}
          problemOf={(text) =>
            exceptionsSchema.safeParse(listed(text)).success ? null : 'Names of hosts, with commas between.'
          }
          onChange={(text) => change({ proxyExceptions: listed(text) })}
        />
      </div>
    </Section>
  )
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

interface KeptTextProps {
  label: string
  placeholder: string
  value: string
  problemOf: (text: string) => string | null
  onChange: (text: string) => void
}

/** A text that is kept when the field is left. */
function KeptText({ label, placeholder, value, problemOf, onChange }: KeptTextProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? value
  const problem = problemOf(text.trim())
  const leave = (): void => {
    if (problem !== null) return
    setTyped(null)
    if (text.trim() !== value) onChange(text.trim())
  }
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm">
        {label}
      </label>
      <TextField
        id={id}
        value={text}
        placeholder={placeholder}
        invalid={problem !== null}
        {...(problem !== null && { 'aria-describedby': `${id}-problem` })}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={leave}
        onKeyDown={({ key }) => key === 'Enter' && leave()}
      />
      {problem !== null && (
        <p id={`${id}-problem`} className="mt-1 text-xs text-bad">
          {problem}
        </p>
      )}
    </div>
  )
}
