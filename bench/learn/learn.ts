import type { Benchmark, Outcome } from '../harness/benchmark.ts'
import { compareTrees } from './compare-trees.ts'

/** Learners beside those that one would take instead, on the same matrix. */
const comparisons: readonly Benchmark[] = [compareTrees]

export const benchmark: Benchmark = async (options) => {
  const outcomes: Outcome[] = []
  for (const compare of comparisons) outcomes.push(await compare(options))
  return {
    rows: outcomes.flatMap(({ rows }) => rows),
    ratios: Object.assign({}, ...outcomes.map(({ ratios }) => ratios)) as Outcome['ratios'],
    must: Object.assign({}, ...outcomes.map(({ must }) => must)) as Outcome['must'],
    foreignShares: outcomes.flatMap(({ foreignShares }) => foreignShares),
  }
}
