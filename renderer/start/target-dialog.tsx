import { RadioGroup } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import type { StarterColumn } from '../../src/contract/starter-contract.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useAppStore } from '../state/store.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { formatCount } from '../ui/format-amount.ts'
import { Spinner } from '../ui/spinner.tsx'

const tasks = {
  binary: 'one of two classes',
  multiclass: 'one of several classes',
  regression: 'a number',
} as const

interface TargetDialogProps {
  path: string
  onClose: () => void
}

/** Which column to predict; then the pipeline is drawn. */
export function TargetDialog({ path, onClose }: TargetDialogProps) {
  const store = useAppStore()
  const client = useClient()
  const { data, error } = useQuery(path, async (signal) => client.starter.suggest({ path }, { signal }))
  const [chosen, setChosen] = useState<string | null>(null)
  const [isDrawing, setIsDrawing] = useState(false)
  const target = chosen ?? data?.target ?? null
  const draw = async (): Promise<void> => {
    if (target === null) return
    setIsDrawing(true)
    try {
      const drawn = await client.starter.draw({ path, target })
      const saved = await client.files.save({ ...drawn, basedOn: null })
      if (saved.outcome === 'saved') store.getState().openDocument({ ...drawn, revision: saved.revision })
      onClose()
    } catch (problem) {
      store.getState().tellError(problem)
      setIsDrawing(false)
    }
  }
  const name = path.split(/[/\\]/).at(-1)
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`What do you want to predict from ${name}?`}
      {...(data && {
        description: `${data.columns.length} columns, ${formatCount(data.rows)} rows looked at.`,
      })}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button tone="accent" disabled={target === null || isDrawing} onClick={() => void draw()}>
            Draw the pipeline
          </Button>
        </>
      }
    >
      {error && (
        <p className="text-bad">
          {error.message} {error.remedy}
        </p>
      )}
      {!data && !error && <Spinner label="Reading the file" />}
      {data && (
        <RadioGroup.Root
          aria-label="Column to predict"
          {...(target !== null && { value: target })}
          onValueChange={setChosen}
          className="h-96 overflow-y-auto"
        >
          {data.columns.map((column) => (
            <ColumnChoice key={column.name} column={column} isSuggested={column.name === data.target} />
          ))}
        </RadioGroup.Root>
      )}
    </Dialog>
  )
}

function ColumnChoice({ column, isSuggested }: { column: StarterColumn; isSuggested: boolean }) {
  const { name, type, task, examples } = column
  const item = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isSuggested) item.current?.scrollIntoView({ block: 'center' })
  }, [isSuggested])
  return (
    <RadioGroup.Item
      ref={item}
      value={name}
      disabled={task === null}
      className="group flex min-h-10 w-full items-center gap-3 rounded-md px-2 text-left hover:bg-hover disabled:opacity-45 data-[state=checked]:bg-accent-soft"
    >
      <span className="inline-flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface group-data-[state=checked]:border-accent">
        <RadioGroup.Indicator className="size-2 rounded-full bg-accent" />
      </span>
      <span className="w-44 shrink-0 truncate font-medium">{name}</span>
      <Badge>{type}</Badge>
      <span className="min-w-0 flex-1 truncate text-xs text-ink-faint">
        {[...new Set(examples)].slice(0, 4).join(', ')}
      </span>
      <span className="shrink-0 text-xs text-ink-soft">
        {task === null ? 'cannot be predicted' : tasks[task]}
      </span>
    </RadioGroup.Item>
  )
}
