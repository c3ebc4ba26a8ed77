import { useState } from 'react'
import type { Votes } from '../../src/contract/labelling-contract.ts'
import { Button } from '../ui/button.tsx'
import { formatCount } from '../ui/format-amount.ts'
import { Select } from '../ui/select.tsx'
import { percentText } from './percent-text.ts'

interface VotesSummaryProps {
  votes: Votes
  isBusy: boolean
  onTake: (atLeast: number) => void
}

/** What the functions say together, and the labels that follow. */
export function VotesSummary({ votes, isBusy, onTake }: VotesSummaryProps) {
  const { rows, voted, isIdentified, sure, known } = votes
  const [atLeast, setAtLeast] = useState(0.9)
  const chosen = sure.find((each) => each.atLeast === atLeast) ?? sure[0]!
  return (
    <section aria-label="What they say together" className="flex flex-col gap-3 rounded-md bg-raised p-4">
      <p>
        They vote on {formatCount(voted)} of the newest {formatCount(rows)} answers
        {rows > 0 && ` (${percentText(voted / rows)})`}.
        {known.rows > 0 &&
          ` Where the truth is known they are right on ${formatCount(known.right)} of ${formatCount(known.rows)}.`}
      </p>
      {!isIdentified && (
        <p role="status" className="text-warn">
          How often each is right is not known yet: that takes three functions that vote on rows that others
          vote on, too, or 50 rows whose truth is known.
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-72">
          <Select
            label="How sure they must be"
            value={String(chosen.atLeast)}
            options={sure
              .filter((each) => each.atLeast > 0.5)
              .map((each) => ({
                value: String(each.atLeast),
                title: `At least ${percentText(each.atLeast)} sure`,
                detail: `${formatCount(each.rows)} rows`,
              }))}
            onChange={(value) => setAtLeast(Number(value))}
          />
        </div>
        <Button
          disabled={isBusy || !isIdentified || chosen.rows === 0}
          onClick={() => onTake(chosen.atLeast)}
        >
          Take {formatCount(chosen.rows)} labels
        </Button>
        <span className="text-ink-soft">for rows without a label.</span>
      </div>
    </section>
  )
}
