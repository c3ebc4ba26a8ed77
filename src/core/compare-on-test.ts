import { metricDirection } from './metric-direction.ts'

type Metrics = Readonly<Record<string, number>>

/** Two models by a metric that both have, measured on rows that neither learned from. */
export interface TestComparison {
  /** As the metrics of the first model call it: `evaluate.roc_auc`. */
  metric: string
  own: number
  other: number
  isWorse: boolean
}

/** Which metric decides where none is chosen: the first of these that both models have. */
const preferred = ['roc_auc', 'log_loss', 'f1', 'accuracy', 'rmse', 'mae', 'r2']

/**
 * Compares two models by a metric of their evaluations: the wanted one, else the first of those that are usual. Null where
 * they have none in common, or only such as cannot be told apart, of several models or several evaluations.
 */
export function compareOnTest(
  own: Metrics,
  other: Metrics,
  wanted: string | null = null,
): TestComparison | null {
  for (const plain of wanted === null ? preferred : [wanted]) {
    const found = commonMetric(own, other, plain)
    const direction = found && metricDirection(found.metric)
    if (!found || !direction) continue
    const isWorse = direction === 'higher' ? found.own < found.other : found.own > found.other
    return { ...found, isWorse }
  }
  return null
}

/** Of the same step by name, else the only one of its kind on either side. */
function commonMetric(own: Metrics, other: Metrics, plain: string): Omit<TestComparison, 'isWorse'> | null {
  const isWanted = (name: string): boolean => name === plain || name.endsWith(`.${plain}`)
  const ours = Object.keys(own).filter(isWanted)
  const theirs = Object.keys(other).filter(isWanted)
  const same = ours.filter((name) => theirs.includes(name))
  const [mine, yours] = same.length === 1 ? [same[0]!, same[0]!] : [ours[0], theirs[0]]
  if (mine === undefined || yours === undefined) return null
  if (same.length !== 1 && (ours.length > 1 || theirs.length > 1)) return null
  return { metric: mine, own: own[mine]!, other: other[yours]! }
}
