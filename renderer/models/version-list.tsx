import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { ModelVersionData } from '../../src/contract/models-contract.ts'
import { useClient } from '../api/client.ts'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { formatAgo } from '../ui/format-ago.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { Popover } from '../ui/popover.tsx'
import { TextField } from '../ui/text-field.tsx'

interface VersionListProps {
  versions: readonly ModelVersionData[]
  shown: number
  onShow: (version: number) => void
  onChanged: () => void
}

/** The versions of a model with their aliases, the newest first. */
export function VersionList({ versions, shown, onShow, onChanged }: VersionListProps) {
  const client = useClient()
  const store = useAppStore()
  const change = async (work: () => Promise<unknown>, message: string): Promise<void> => {
    try {
      await work()
      store.getState().tell({ tone: 'good', message })
      onChanged()
    } catch (error) {
      store.getState().tellError(error)
    }
  }
  return (
    <ul
      aria-label="Versions"
      className="flex max-h-60 flex-col overflow-auto rounded-md border border-line bg-surface"
    >
      {versions
        .toSorted((a, b) => b.version - a.version)
        .map(({ model, version, aliases, createdAt }) => (
          <li
            key={version}
            className={classNames(
              'flex min-h-10 items-center gap-3 border-b border-line px-3 last:border-b-0',
              version === shown && 'bg-accent-soft/60',
            )}
          >
            <button
              type="button"
              aria-current={version === shown}
              onClick={() => onShow(version)}
              className="flex h-10 min-w-28 items-center gap-2 text-left focus-visible:-outline-offset-2"
            >
              <span className="font-medium">Version {version}</span>
              <span className="text-xs text-ink-soft">{formatAgo(createdAt)}</span>
            </button>
            <span className="flex flex-1 flex-wrap items-center gap-1">
              {aliases.map((alias) => (
                <span
                  key={alias}
                  className={`inline-flex h-6 items-center rounded-full bg-accent-soft pl-2.5 text-xs font-medium text-accent-strong ${alias === 'production' ? 'pr-2.5' : ''}`}
                >
                  {alias}
                  {alias !== 'production' && (
                    <IconButton
                      label={`Remove the alias ${alias}`}
                      className="size-6 text-accent-strong"
                      onClick={() =>
                        void change(
                          () => client.models.removeAlias({ model, alias }),
                          `“${alias}” names no version now.`,
                        )
                      }
                    >
                      <X size={12} />
                    </IconButton>
                  )}
                </span>
              ))}
            </span>
            <AddAlias
              version={version}
              onAdd={(alias) =>
                void change(
                  () => client.models.setAlias({ reference: `${model}:${version}`, alias }),
                  `“${alias}” is version ${version} now.`,
                )
              }
            />
          </li>
        ))}
    </ul>
  )
}

function AddAlias({ version, onAdd }: { version: number; onAdd: (alias: string) => void }) {
  const [isOpen, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const add = (): void => {
    setOpen(false)
    setTyped('')
    onAdd(typed.trim())
  }
  return (
    <Popover
      label={`Alias of version ${version}`}
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button tone="quiet" icon={<Plus size={14} />} aria-label={`Add an alias to version ${version}`}>
          Alias
        </Button>
      }
    >
      <form
        className="flex w-72 flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          add()
        }}
      >
        <div className="flex gap-2">
          <TextField
            aria-label="Alias"
            placeholder="Such as champion"
            autoFocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button tone="accent" type="submit" disabled={typed.trim() === ''}>
            Set
          </Button>
        </div>
        <p className="text-xs text-ink-faint">A version that has it already gives it up.</p>
      </form>
    </Popover>
  )
}
