import type { ModelData } from '../../../src/core/artifacts.ts'
import {
  clusterOutput,
  distancesOutput,
  ruleOutput,
  topOutput,
  topProbabilitiesOutput,
} from '../../../src/core/answer-names.ts'
import type { ScoredRows } from '../../../src/recipe/score-model.ts'
import { rankedNames } from './definition.ts'

/** What a model answered, as columns: `prediction`, for classes `probability` and a ranking, and the `rule` that spoke. */
export function predictionsOf(
  { task, target }: Pick<ModelData, 'task' | 'target'>,
  { outputs, rows }: ScoredRows,
): Record<string, Float64Array | string[]> {
  if (task === 'clustering') return clusterColumns(outputs)
  const spoken = outputs[ruleOutput]
  const rule = spoken ? { rule: spoken as string[] } : {}
  if (task === 'regression') return { prediction: outputs['value'] as Float64Array, ...rule }
  const probabilities = outputs['probabilities'] as Float32Array
  const classes = target.classes!
  const width = classes.length
  const labels = outputs['label'] as string[]
  const positive = classes.indexOf(target.positive ?? '')
  const codeOf = new Map(classes.map((name, code) => [name, code]))
  const probability = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const code = task === 'binary' ? positive : codeOf.get(labels[row]!)!
    probability[row] = probabilities[row * width + code]!
  }
  return { prediction: labels, probability, ...rankedColumns({ outputs, rows }), ...rule }
}

function clusterColumns(outputs: ScoredRows['outputs']): Record<string, Float64Array | string[]> {
  const clusters = outputs[clusterOutput] as string[]
  const distances = outputs[distancesOutput] as Float64Array
  const width = distances.length / clusters.length
  const nearest = clusters.map((_, row) => {
    const own = distances.subarray(row * width, (row + 1) * width)
    return own.reduce((least, distance) => Math.min(least, distance))
  })
  return { cluster: clusters, distance: Float64Array.from(nearest) }
}

/** None where the model does not rank classes. */
function rankedColumns({
  outputs,
  rows,
}: Pick<ScoredRows, 'outputs' | 'rows'>): Record<string, Float64Array | string[]> {
  const labels = outputs[topOutput] as string[] | undefined
  if (!labels || rows === 0) return {}
  const probabilities = outputs[topProbabilitiesOutput] as Float32Array
  const count = labels.length / rows
  const columns = Array.from({ length: count }, (_, place) => {
    const { label, probability } = rankedNames(place)
    return [
      [label, Array.from({ length: rows }, (__, row) => labels[row * count + place]!)],
      [probability, Float64Array.from({ length: rows }, (__, row) => probabilities[row * count + place]!)],
    ] as const
  })
  return Object.fromEntries(columns.flat())
}
