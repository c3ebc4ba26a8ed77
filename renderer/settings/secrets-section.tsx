import { KeyRound, X } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { secretName } from '../../src/core/secret-reference.ts'
import type { Client } from '../../src/contract/create-client.ts'
import { useClient } from '../api/client.ts'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { TextField } from '../ui/text-field.tsx'
import { Section } from './section.tsx'

type SecretsAnswer = Awaited<ReturnType<Client['secrets']['list']>>

/** Names of passwords and addresses that steps may use; what they are is asked for here and shown nowhere. */
export function SecretsSection() {
  const store = useAppStore()
  const client = useClient()
  const [answer, setAnswer] = useState<SecretsAnswer | null>(null)
  useEffect(() => {
    client.secrets.list().then(setAnswer, store.getState().tellError)
  }, [client, store])
  if (!answer) return null
  return (
    <Section title="Secrets">
      <p className="mb-2 text-ink-soft">
        Passwords and addresses that a pipeline uses by name, as <code>secret:name</code>.{' '}
        {answer.keeping === 'sealed'
          ? 'They are encrypted by the system of this computer.'
          : 'They are forgotten when Pipewright ends; for good, give them as environment variables, PIPEWRIGHT_SECRET_NAME.'}
      </p>
      <ul aria-label="Secrets" className="mb-2">
        {answer.secrets.map(({ name, from }) => (
          <li key={name} className="flex h-8 items-center gap-2">
            <KeyRound size={14} className="shrink-0 text-ink-faint" aria-hidden />
            <span className="selectable min-w-0 flex-1 truncate">{name}</span>
            {from === 'environment' ? (
              <span className="text-xs text-ink-soft">from the environment</span>
            ) : (
              <IconButton
                label={`Forget ${name}`}
                onClick={() => client.secrets.forget({ name }).then(setAnswer, store.getState().tellError)}
              >
                <X size={14} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      <NewSecret
        onKeep={async (secret) => {
          try {
            setAnswer(await client.secrets.keep(secret))
            return true
          } catch (error) {
            store.getState().tellError(error)
            return false
          }
        }}
      />
    </Section>
  )
}

function NewSecret({ onKeep }: { onKeep: (secret: { name: string; value: string }) => Promise<boolean> }) {
  const problemId = useId()
  const [name, setName] = useState('')
  const [value, setValue] = useState('')
  const isFit = name === '' || secretName.test(name)
  const keep = async (): Promise<void> => {
    if (!(await onKeep({ name, value }))) return
    setName('')
    setValue('')
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void keep()
      }}
    >
      <div className="grid grid-cols-[11rem_minmax(0,1fr)_auto] gap-2">
        <TextField
          aria-label="Name of the secret"
          placeholder="Name"
          value={name}
          invalid={!isFit}
          {...(!isFit && { 'aria-describedby': problemId })}
          onChange={({ target }) => setName(target.value)}
        />
        <TextField
          type="password"
          aria-label="The secret"
          placeholder="Secret"
          autoComplete="new-password"
          value={value}
          onChange={({ target }) => setValue(target.value)}
        />
        <Button type="submit" disabled={name === '' || value === '' || !isFit}>
          Keep
        </Button>
      </div>
      {!isFit && (
        <p id={problemId} className="mt-1 text-xs text-bad">
          Small letters, digits, - and _; a letter first.
        </p>
      )}
    </form>
  )
}
