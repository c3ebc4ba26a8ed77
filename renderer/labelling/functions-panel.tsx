import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { Votes } from '../../src/contract/labelling-contract.ts'
import type { LabellingFunction } from '../../src/core/labelling-function.ts'
import { useClient } from '../api/client.ts'
import { useQuery } from '../api/use-query.ts'
import { useAppStore } from '../state/store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { FunctionRow } from './function-row.tsx'
import { VotesSummary } from './votes-summary.tsx'

/** Rules that vote for labels, and what they do beside each other. */
export function FunctionsPanel({ deployment }: { deployment: string }) {
  const client = useClient()
  const { data, error } = useQuery(deployment, async (signal) => {
    const [kept, { target }] = await Promise.all([
      client.labels.functions({ deployment }, { signal }),
      client.labels.queue({ deployment, limit: 1, newest: 1 }, { signal }),
    ])
    return { ...kept, classes: target.classes }
  })
  if (error) return <EmptyState title={error.message}>{error.remedy}</EmptyState>
  if (!data) {
    return (
      <div className="p-6">
        <Spinner label="Reading the functions" />
      </div>
    )
  }
  if (!data.classes) {
    return (
      <EmptyState title="Functions vote for classes">
        This model answers with numbers: give the truth row by row, or import it.
      </EmptyState>
    )
  }
  return (
    <Editor
      deployment={deployment}
      kept={data.functions}
      columns={data.columns.map(({ name }) => name)}
      classes={data.classes}
    />
  )
}

/** A function under a key that stays while its name changes. */
interface Draft {
  key: number
  value: LabellingFunction
}

interface EditorProps {
  deployment: string
  kept: readonly LabellingFunction[]
  columns: readonly string[]
  classes: readonly string[]
}

function Editor({ deployment, kept, columns, classes }: EditorProps) {
  const client = useClient()
  const store = useAppStore()
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => kept.map((value, key) => ({ key, value })))
  const functions = drafts.map(({ value }) => value)
  const [votes, setVotes] = useState<Votes | null>(null)
  const [isBusy, setBusy] = useState(false)
  const isWhole = functions.every(({ name, expression }) => name.trim() !== '' && expression.trim() !== '')
  const during = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    try {
      await work()
    } catch (thrown) {
      store.getState().tellError(thrown)
    } finally {
      setBusy(false)
    }
  }
  const letVote = (): Promise<void> =>
    during(async () => {
      await client.labels.keepFunctions({ deployment, functions: [...functions] })
      setVotes(await client.labels.vote({ deployment }))
    })
  const take = (atLeast: number): Promise<void> =>
    during(async () => {
      const { accepted } = await client.labels.takeVotes({ deployment, atLeast })
      store.getState().tell({ tone: 'good', message: `${accepted} labels were taken.` })
      setVotes(await client.labels.vote({ deployment }))
    })
  const change = (key: number, value: LabellingFunction): void =>
    setDrafts((last) => last.map((each) => (each.key === key ? { key, value } : each)))
  const add = (): void =>
    setDrafts((last) => [
      ...last,
      {
        key: Math.max(-1, ...last.map(({ key }) => key)) + 1,
        value: { name: `rule ${last.length + 1}`, expression: '', label: classes.at(-1) ?? null },
      },
    ])
  return (
    <ScrollRegion label="Labelling functions" className="h-full px-6 py-4">
      <form
        className="flex max-w-5xl flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void letVote()
        }}
      >
        <p className="text-ink-soft">
          A condition votes for its label, and says nothing where it does not hold. It may use{' '}
          {columns.slice(0, 12).join(', ')}
          {columns.length > 12 && ' and the other columns of the model'}. How often each is right follows from
          how they agree, and from rows whose truth is known.
        </p>
        {drafts.map(({ key, value }) => (
          <FunctionRow
            key={key}
            value={value}
            classes={classes}
            statistics={votes?.functions.find(({ name }) => name === value.name) ?? null}
            onChange={(next) => change(key, next)}
            onRemove={() => setDrafts((last) => last.filter((each) => each.key !== key))}
          />
        ))}
        <div className="flex items-center gap-2">
          <Button icon={<Plus size={14} />} onClick={add}>
            Add a function
          </Button>
          <Button tone="accent" type="submit" disabled={isBusy || !isWhole || functions.length === 0}>
            Keep, and let them vote
          </Button>
        </div>
        {votes && <VotesSummary votes={votes} isBusy={isBusy} onTake={(atLeast) => void take(atLeast)} />}
      </form>
    </ScrollRegion>
  )
}
