import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { LabellingQueue, Ranking } from '../../src/contract/labelling-contract.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { formatCount } from '../ui/format-amount.ts'
import { Keys } from '../ui/keys.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { SegmentedControl } from '../ui/segmented-control.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { LabelChoices } from './label-choices.tsx'
import { labelGiven, labelsGiven, meaningOfKey, withoutLabel, type QueueState } from './queue-state.ts'
import { QueuedRowCard } from './queued-row-card.tsx'
import { useLabellingQueue } from './use-labelling-queue.ts'

const rankingTitles: Readonly<Record<Ranking, string>> = {
  uncertainty: 'Least sure',
  disagreement: 'Shadow disagrees',
  novelty: 'Rarest values',
}

/** What nobody types who types a number. */
const keysBesideNumbers: ReadonlySet<string> = new Set(['s', 'S', 'z', 'Z', 'ArrowUp', 'ArrowDown'])

/** One row after the other, by single keys. */
export function QueuePanel({ deployment }: { deployment: string }) {
  const [rankBy, setRankBy] = useState<Ranking>('uncertainty')
  const { queue, state, error, act, askAgain } = useLabellingQueue(deployment, rankBy)
  const place = useRef<HTMLDivElement>(null)
  const row = state.rows[state.at]
  const hasRow = row !== undefined
  const isOfClasses = (queue?.target.classes ?? null) !== null
  // Keys work at once, and after each button; a number is typed into its field.
  useEffect(() => {
    if (isOfClasses) place.current?.focus()
  }, [hasRow, rankBy, isOfClasses])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement && !keysBesideNumbers.has(event.key)) return
    const meaning = meaningOfKey(event, queue?.target.classes ?? null)
    if (!meaning) return
    event.preventDefault()
    event.stopPropagation()
    act(meaning.kind === 'label' ? { kind: 'labelled', label: meaning.label } : meaning)
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-wrap items-center gap-4 px-6 py-3">
        <SegmentedControl
          label="What comes first"
          value={rankBy}
          options={(['uncertainty', 'disagreement', 'novelty'] as const).map((value) => ({
            value,
            title: rankingTitles[value],
          }))}
          onChange={setRankBy}
        />
        {queue && <Progress queue={queue} state={state} />}
      </div>
      {error ? (
        <EmptyState title={error.message}>{error.remedy}</EmptyState>
      ) : !queue ? (
        <div className="p-6">
          <Spinner label="Looking for rows that teach most; keys work once they are here" />
        </div>
      ) : rankBy === 'disagreement' && queue.shadows.length === 0 ? (
        <EmptyState title="There is no shadow that could disagree">
          Give the endpoint a second version with the role “shadow”.
        </EmptyState>
      ) : !row ? (
        <EmptyState
          title={queue.looked === 0 ? 'Nothing has been answered yet' : 'All of these have been looked at'}
          actions={<Button onClick={askAgain}>Look for more</Button>}
        >
          {queue.looked === 0 && 'Rows come here once the endpoint is asked.'}
        </EmptyState>
      ) : (
        <div
          ref={place}
          role="group"
          aria-label="Row to be labelled"
          tabIndex={-1}
          onKeyDown={onKeyDown}
          className="flex min-h-0 flex-1 flex-col gap-4 px-6 pb-4 outline-none"
        >
          <ScrollRegion label="Row" className="selectable min-h-0 flex-1">
            <QueuedRowCard row={row} rankBy={rankBy} target={queue.target.name} />
          </ScrollRegion>
          <LabelChoices
            key={row.predictionId}
            classes={queue.target.classes}
            target={queue.target.name}
            given={labelGiven(state, row.predictionId)}
            onLabel={(label) => {
              act({ kind: 'labelled', label })
              if (isOfClasses) place.current?.focus()
            }}
          />
          <HelpLine state={state} onAct={act} />
        </div>
      )}
    </div>
  )
}

function Progress({ queue, state }: { queue: LabellingQueue; state: QueueState }) {
  return (
    <p role="status" className="text-ink-soft tabular">
      {formatCount(labelsGiven(state))} labelled now. Of the newest {formatCount(queue.looked)} answers,{' '}
      {formatCount(withoutLabel(queue, state))} have no label.
    </p>
  )
}

/** What else keys do, for the mouse too. */
function HelpLine({
  state,
  onAct,
}: {
  state: QueueState
  onAct: (action: { kind: 'skipped' | 'undone' } | { kind: 'moved'; by: number }) => void
}) {
  return (
    <div className="flex flex-wrap items-center gap-2 text-xs text-ink-soft">
      <Button tone="quiet" className="h-7" onClick={() => onAct({ kind: 'skipped' })}>
        Skip <Keys keys="s" />
      </Button>
      <Button
        tone="quiet"
        className="h-7"
        disabled={state.steps.length === 0}
        onClick={() => onAct({ kind: 'undone' })}
      >
        Undo <Keys keys="z" />
      </Button>
      <span className="flex items-center gap-1.5 px-2">
        <Keys keys="arrowleft" /> <Keys keys="arrowright" /> to look around
      </span>
      <span className="ml-auto tabular">
        {state.at + 1} of {state.rows.length}
      </span>
    </div>
  )
}
