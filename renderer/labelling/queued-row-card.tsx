import type { ReactNode } from 'react'
import type { QueuedRow, Ranking } from '../../src/contract/labelling-contract.ts'
import { Badge } from '../ui/badge.tsx'
import { classNames } from '../ui/class-names.ts'
import { formatAgo } from '../ui/format-ago.ts'

interface QueuedRowCardProps {
  row: QueuedRow
  rankBy: Ranking
  target: string
}

/** A row with what the model said of it, and why it is worth a look. */
export function QueuedRowCard({ row, rankBy, target }: QueuedRowCardProps) {
  const { inputs, answer, probabilities, at, model, version, reasons } = row
  const rarest = reasons.novelty?.column
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <dl
        aria-label="What the model was asked with"
        className="grid grid-cols-[repeat(auto-fill,minmax(10rem,1fr))] content-start gap-1.5"
      >
        {Object.entries(inputs).map(([column, value]) => (
          <div
            key={column}
            className={classNames(
              'min-w-0 rounded-md border px-2.5 py-1',
              column === rarest && rankBy === 'novelty'
                ? 'border-warn bg-warn-soft'
                : 'border-line bg-surface',
            )}
          >
            <dt className="truncate text-xs text-ink-faint">{column}</dt>
            <dd className={classNames('truncate font-medium', value === null && 'text-ink-faint')}>
              {value === null ? 'missing' : String(value)}
            </dd>
          </div>
        ))}
      </dl>
      <div className="flex flex-col gap-4">
        <section aria-label="What the model said" className="rounded-md border border-line bg-surface p-3">
          <p className="text-xs text-ink-faint">
            {model}:{version} said {formatAgo(at)}
          </p>
          <p className="pt-1 text-md font-semibold">
            {target}: {answer === null ? 'unknown' : String(answer)}
          </p>
          {probabilities && <Probabilities probabilities={probabilities} />}
        </section>
        <section aria-label="Why it is here" className="flex flex-col gap-1.5 text-ink-soft">
          <Reasons row={row} rankBy={rankBy} />
        </section>
      </div>
    </div>
  )
}

function Probabilities({ probabilities }: { probabilities: NonNullable<QueuedRow['probabilities']> }) {
  const shown = probabilities.toSorted((a, b) => b.probability - a.probability).slice(0, 6)
  return (
    <ul className="flex flex-col gap-1 pt-2">
      {shown.map(({ class: name, probability }) => (
        <li key={name} className="grid grid-cols-[6rem_1fr_3rem] items-center gap-2 text-xs">
          <span className="truncate">{name}</span>
          <span className="h-1.5 rounded-full bg-hover" aria-hidden>
            <span
              className="block h-full rounded-full bg-accent"
              style={{ width: `${probability * 100}%` }}
            />
          </span>
          <span className="text-right tabular">{(probability * 100).toFixed(1)} %</span>
        </li>
      ))}
    </ul>
  )
}

function Reasons({ row: { reasons, answer, decision }, rankBy }: Pick<QueuedRowCardProps, 'row' | 'rankBy'>) {
  const { uncertainty, disagreement, novelty } = reasons
  return (
    <>
      {uncertainty !== null && (
        <Reason isFirst={rankBy === 'uncertainty'}>
          {uncertainty >= 0.5 ? 'The model was hardly sure' : 'The model was rather sure'}:{' '}
          {wholePercent(uncertainty)} undecided
          {decision && `, as it answers “${decision.class}” from ${wholePercent(decision.threshold)} on`}.
        </Reason>
      )}
      {disagreement && (
        <Reason isFirst={rankBy === 'disagreement'}>
          {disagreement.version} says {String(disagreement.answer ?? 'nothing')}
          {String(disagreement.answer) === String(answer) ? ' too' : ''}, {wholePercent(disagreement.score)}{' '}
          apart.
        </Reason>
      )}
      {novelty && (
        <Reason isFirst={rankBy === 'novelty'}>
          Rarest in training is its “{novelty.column}”; surprise {novelty.score.toFixed(1)} on average.
        </Reason>
      )}
    </>
  )
}

/** A number and its sign do not part at the end of a line. */
const wholePercent = (share: number): string => `${Math.round(share * 100)}\u00a0%`

function Reason({ isFirst = false, children }: { isFirst?: boolean; children: ReactNode }) {
  return (
    <p className="flex items-start gap-2">
      <Badge tone={isFirst ? 'accent' : 'plain'}>{isFirst ? 'why' : 'also'}</Badge>
      <span className={isFirst ? 'text-ink' : undefined}>{children}</span>
    </p>
  )
}
