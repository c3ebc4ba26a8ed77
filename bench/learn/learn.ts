import { UnknownPart, type Benchmark, type Outcome } from '../harness/benchmark.ts'
import { compareLogistic } from './compare-logistic.ts'
import { compareNetworks } from './compare-networks.ts'
import { compareManyRows, comparePipelines } from './compare-pipelines.ts'
import { compareTrees } from './compare-trees.ts'

/** Learners beside those that one would take instead, on the same rows. */
const parts: Readonly<Record<string, Benchmark>> = {
  trees: compareTrees,
  logistic: compareLogistic,
  network: compareNetworks,
  pipeline: comparePipelines,
  'pipeline-many': compareManyRows,
}

export const benchmark: Benchmark = async (options) => {
  const wanted = options.only ?? Object.keys(parts)
  const comparisons = wanted.map((name) => parts[name] ?? refuse(name))
  const outcomes: Outcome[] = []
  for (const compare of comparisons) outcomes.push(await compare(options))
  return {
    rows: outcomes.flatMap(({ rows }) => rows),
    ratios: Object.assign({}, ...outcomes.map(({ ratios }) => ratios)) as Outcome['ratios'],
    must: Object.assign({}, ...outcomes.map(({ must }) => must)) as Outcome['must'],
    foreignShares: outcomes.flatMap(({ foreignShares }) => foreignShares),
  }
}

function refuse(name: string): never {
  throw new UnknownPart(`There is no part “${name}”; choose among ${Object.keys(parts).join(', ')}.`)
}
