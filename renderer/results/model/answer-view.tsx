import type { ModelAnswer } from '../../../src/contract/model-details.ts'
import type { ModelData } from '../../../src/core/artifacts.ts'
import { formatDuration } from '../../ui/format-amount.ts'
import { amountText, shareText } from '../format-amounts.ts'

interface AnswerViewProps {
  answer: Pick<ModelAnswer & { outcome: 'answered' }, 'answer' | 'probabilities' | 'durationMs'>
  target: Pick<ModelData['target'], 'name' | 'positive'>
  /** From which probability on the answer is the positive class; undefined where the most probable class is. */
  threshold?: number | undefined
}

/** What a model says of a row. */
export function AnswerView({
  answer: { answer, probabilities, durationMs },
  target,
  threshold,
}: AnswerViewProps) {
  return (
    <>
      <div>
        <p className="text-xs text-ink-faint">{target.name}</p>
        <p className="text-xl font-semibold tabular">{answerText(answer)}</p>
      </div>
      {probabilities && (
        <ul className="flex flex-col gap-1.5 text-xs">
          {probabilities
            .toSorted((a, b) => b.probability - a.probability)
            .slice(0, 8)
            .map(({ class: name, probability }) => (
              <li key={name} className="flex flex-col gap-0.5">
                <span className="flex justify-between gap-2">
                  <span className="truncate">{name}</span>
                  <span className="tabular">{shareText(probability)}</span>
                </span>
                <Probability
                  share={probability}
                  threshold={name === target.positive ? threshold : undefined}
                />
              </li>
            ))}
        </ul>
      )}
      {threshold !== undefined && probabilities && (
        <p className="text-xs text-ink-soft tabular">
          “{target.positive}” from {shareText(threshold)}, the mark on its bar.
        </p>
      )}
      <p className="text-2xs text-ink-faint tabular">Answered in {formatDuration(Math.max(1, durationMs))}</p>
    </>
  )
}

function Probability({ share, threshold }: { share: number; threshold: number | undefined }) {
  return (
    <span className="relative h-1.5 rounded-full bg-pressed" aria-hidden>
      <span className="block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      {threshold !== undefined && (
        <span
          data-threshold={threshold}
          className="absolute -top-0.5 h-2.5 w-0.5 -translate-x-1/2 bg-ink"
          style={{ left: `${threshold * 100}%` }}
        />
      )}
    </span>
  )
}

function answerText(answer: string | number | null): string {
  if (answer === null) return 'no answer'
  return typeof answer === 'number' ? amountText(answer) : answer
}
