import { differenceIntervals, type Interval, type Metrics } from '../../../src/learn/metrics/bootstrap.ts'
import { scoresOf } from '../../../src/learn/metrics/classification-metrics.ts'
import { deLongTest, type DeLongOutcome } from '../../../src/learn/metrics/delong.ts'
import { mcNemarTest, type McNemarOutcome } from '../../../src/learn/metrics/mcnemar.ts'
import { verdictOf, type Verdict } from '../../../src/learn/metrics/practical-equivalence.ts'
import type { Judged } from './judge-model.ts'

/** What there is to compare of a model. */
export interface Compared {
  name: string
  judged: Judged
  metrics: Metrics
  /** Over the same draws for every model; none where none were asked for. */
  resampled: readonly Metrics[]
}

/** How much better or worse a model is than the first one. */
export interface ModelDifference {
  from: string
  to: string
  intervals?: Record<string, Interval>
  verdicts?: Record<string, Verdict>
  /** Classes, where no row weighs more than another. */
  mcNemar?: McNemarOutcome
  /** Two classes likewise: about ROC AUC. */
  deLong?: DeLongOutcome
}

/** Each other model against the first; `equivalence` is the share of a metric that makes no difference in practice. */
export function differencesOf(
  [first, ...others]: readonly Compared[],
  { level, equivalence }: { level: number; equivalence: number },
): ModelDifference[] {
  return others.map((other) => {
    const tested = testsOf(first!.judged.answers, other.judged.answers)
    if (first!.resampled.length === 0) return { from: first!.name, to: other.name, ...tested }
    const intervals = differenceIntervals(first!.resampled, other.resampled, level)
    const verdicts = Object.entries(intervals).map(([metric, interval]) => {
      const margin = equivalence * Math.abs(first!.metrics[metric]?.value ?? 0)
      return [metric, verdictOf(metric, interval, margin)] as const
    })
    return {
      from: first!.name,
      to: other.name,
      intervals,
      verdicts: Object.fromEntries(verdicts),
      ...tested,
    }
  })
}

function testsOf(
  first: Judged['answers'],
  second: Judged['answers'],
): Pick<ModelDifference, 'mcNemar' | 'deLong'> {
  if (first.task !== 'classes' || second.task !== 'classes' || first.rows.weights) return {}
  const mcNemar = mcNemarTest(first.rows.actual, first.rows.predicted, second.rows.predicted)
  const { positive } = first.rows
  if (positive === undefined || positive !== second.rows.positive) return { mcNemar }
  const one = scoresOf(first.rows, positive)
  const deLong = deLongTest(one.positive, one.scores, scoresOf(second.rows, positive).scores)
  return { mcNemar, ...(deLong && { deLong }) }
}
