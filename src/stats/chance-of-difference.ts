import { chiSquareTest } from './chi-square.ts'
import type { ColumnSamples } from './column-samples.ts'
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts'

/** Beyond them the limit of the distribution is near enough to tell what is rare, and soon found. */
const mostExactPairs = 100_000

/** How likely two samples of one distribution differ at least so much: by Kolmogorov–Smirnov, of categories by chi-square. */
export function chanceOfDifference(samples: ColumnSamples): number {
  const { numbers } = samples
  return numbers
    ? kolmogorovSmirnov(numbers.reference, numbers.current, mostExactPairs).pValue
    : chiSquareTest(samples.counts({ by: 'quantile', count: 10 })).pValue
}
