import type { ModelData } from '../../../src/core/artifacts.ts'
import type { ScoredRows } from '../../../src/recipe/score-model.ts'

/** What a model answered, as columns: `prediction` and, for classes, `probability`. */
export function predictionsOf(
  { task, target }: Pick<ModelData, 'task' | 'target'>,
  { outputs, rows }: ScoredRows,
): Record<string, Float64Array | string[]> {
  if (task === 'regression') return { prediction: outputs['value'] as Float64Array }
  const probabilities = outputs['probabilities'] as Float32Array
  const classes = target.classes!
  const width = classes.length
  const labels = outputs['label'] as string[]
  const positive = classes.indexOf(target.positive ?? '')
  const codeOf = new Map(classes.map((name, code) => [name, code]))
  const probability = Float64Array.from({ length: rows }, (_, row) => {
    const code = task === 'binary' ? positive : codeOf.get(labels[row]!)!
    return probabilities[row * width + code]!
  })
  return { prediction: labels, probability }
}
