import type { z } from 'zod'
import { Badge } from '../../ui/badge.tsx'
import { alignedTexts, amountText, metricTitle, shareText } from '../format-amounts.ts'
import type { leaderboardSchema } from './report-contents.ts'
import { FactTable } from './report-parts.tsx'

/** Learners by how well they answered for the validation rows, and how much each counts in the blend. */
export function LeaderboardReport({ content }: { content: z.infer<typeof leaderboardSchema> }) {
  const { metric, leaderboard, failed, leftOut, value } = content
  const blended = leaderboard.filter(({ weight }) => weight > 0)
  const values = alignedTexts(leaderboard.map((candidate) => candidate.value))
  return (
    <div className="flex flex-col gap-5">
      <p className="text-ink-soft">
        {blended.length > 1
          ? `A blend of ${blended.length} learners has`
          : `${titleOf(blended[0]?.name)} has`}{' '}
        {metricTitle(metric)} {amountText(value)} on the validation rows, by which it was chosen: test rows
        tell how good it is.
      </p>
      <FactTable
        label="Leaderboard, the best first"
        columns={[
          { title: 'Place', isNumber: true },
          { title: 'Learner' },
          { title: metricTitle(metric), isNumber: true },
          { title: 'Share of the blend', isNumber: true },
        ]}
        rows={leaderboard.map(({ name, weight }, place) => [
          place + 1,
          <span key="name" className="inline-flex items-center gap-2">
            {titleOf(name)}
            {place === 0 && <Badge tone="good">best alone</Badge>}
          </span>,
          values[place],
          weight > 0 ? shareText(weight) : '–',
        ])}
      />
      {failed.length > 0 && (
        <FactTable
          label="Learners that failed"
          columns={[{ title: 'Learner' }, { title: 'What went wrong' }]}
          rows={failed.map(({ name, problem }) => [titleOf(name), problem])}
        />
      )}
      {leftOut.length > 0 && (
        <p className="text-ink-soft">For want of time, not begun: {leftOut.map(titleOf).join(', ')}.</p>
      )}
    </div>
  )
}

const titleOf = (name = ''): string => metricTitle(name)
