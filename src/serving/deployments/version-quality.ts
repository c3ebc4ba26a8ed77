import type { FeedbackIndex } from '../log/feedback-index.ts'
import type { Feedback } from '../log/feedback-log.ts'
import { readPredictions } from '../log/read-predictions.ts'
import { keyOf, type VersionQuality } from './traffic-results.ts'

/** How right the answers of each version were, by `MODEL:VERSION`, as far as something was said about them. */
export async function versionQuality(
  folder: string,
  { feedback, since }: { feedback: Pick<FeedbackIndex, 'mayHave' | 'of'>; since: number },
): Promise<Map<string, VersionQuality>> {
  const quality = new Map<string, VersionQuality>()
  for await (const { records } of readPredictions(folder, { from: since })) {
    const counted = records.filter(
      ({ model: { role }, time }) => time >= since && (role === 'live' || role === 'canary'),
    )
    const ids = counted.flatMap(({ predictionIds }) => predictionIds.filter((id) => feedback.mayHave(id)))
    if (ids.length === 0) continue
    const said = await feedback.of(ids)
    for (const { model, predictionIds, outputs, firstRow = 0 } of counted)
      for (const [row, id] of predictionIds.entries()) {
        const truth = said.get(id)
        const answer = (outputs['label'] ?? outputs['value'])?.[firstRow + row]
        if (truth && answer !== undefined) add(quality, { key: keyOf(model), said: truth, answer })
      }
  }
  return quality
}

function add(
  quality: Map<string, VersionQuality>,
  { key, said, answer }: { key: string; said: Feedback; answer: string | number },
): void {
  const known = quality.get(key)
  if (typeof answer === 'string') {
    const isRight = said.isRight ?? (said.label === undefined ? null : String(said.label) === answer)
    if (isRight === null) return
    const before = known?.metric === 'accuracy' ? known : { right: 0, count: 0 }
    quality.set(key, {
      metric: 'accuracy',
      right: before.right + (isRight ? 1 : 0),
      count: before.count + 1,
    })
    return
  }
  if (typeof said.label !== 'number') return
  const error = Math.abs(said.label - answer)
  const before = known?.metric === 'mean-absolute-error' ? known : { count: 0, sum: 0, sumOfSquares: 0 }
  quality.set(key, {
    metric: 'mean-absolute-error',
    count: before.count + 1,
    sum: before.sum + error,
    sumOfSquares: before.sumOfSquares + error * error,
  })
}
