import type { Feedback } from '../log/feedback-log.ts'
import type { PredictionRecord } from '../log/prediction-record.ts'
import { keyOf, type VersionQuality } from './traffic-results.ts'

/** By `MODEL:VERSION`: how right the answers of each version were, as far as something was said about them. */
export type Qualities = Map<string, VersionQuality>

/** Counts the answers of a request, by what was said about each of its ids. */
export function addSaid(
  qualities: Qualities,
  { model, predictionIds, outputs, firstRow }: PredictionRecord,
  said: ReadonlyMap<string, Feedback>,
): void {
  for (const [row, id] of predictionIds.entries()) {
    const truth = said.get(id)
    const answer = (outputs['label'] ?? outputs['value'])?.[firstRow + row]
    const quality = truth && answer !== undefined ? qualityOf(truth, answer) : null
    if (quality) addQuality(qualities, keyOf(model), quality)
  }
}

/** A version whose answers are of another kind than before begins anew. */
export function addQuality(qualities: Qualities, key: string, more: VersionQuality): void {
  const known = qualities.get(key)
  qualities.set(key, known ? sumOf(known, more) : more)
}

function sumOf(known: VersionQuality, more: VersionQuality): VersionQuality {
  if (known.metric === 'accuracy' && more.metric === 'accuracy')
    return { metric: 'accuracy', right: known.right + more.right, count: known.count + more.count }
  if (known.metric === 'mean-absolute-error' && more.metric === 'mean-absolute-error')
    return {
      metric: 'mean-absolute-error',
      count: known.count + more.count,
      sum: known.sum + more.sum,
      sumOfSquares: known.sumOfSquares + more.sumOfSquares,
    }
  return more
}

/** Of one answer; null where what was said does not tell. */
function qualityOf({ isRight, label }: Feedback, answer: string | number): VersionQuality | null {
  if (typeof answer === 'string') {
    const right = isRight ?? (label === undefined ? null : String(label) === answer)
    return right === null ? null : { metric: 'accuracy', right: right ? 1 : 0, count: 1 }
  }
  if (typeof label !== 'number') return null
  const error = Math.abs(label - answer)
  return { metric: 'mean-absolute-error', count: 1, sum: error, sumOfSquares: error * error }
}
