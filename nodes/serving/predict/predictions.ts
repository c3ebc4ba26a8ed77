import type { ModelData } from '../../../src/core/artifacts.ts'
import { ruleOutput } from '../../../src/recipe/add-rules.ts'
import type { ScoredRows } from '../../../src/recipe/score-model.ts'

/** What a model answered, as columns: `prediction`, for classes `probability`, and `rule` where it has rules. */
export function predictionsOf(
  { task, target }: Pick<ModelData, 'task' | 'target'>,
  { outputs, rows }: ScoredRows,
): Record<string, Float64Array | string[]> {
  const spoken = outputs[ruleOutput]
  const rule = spoken ? { rule: spoken as string[] } : {}
  if (task === 'regression') return { prediction: outputs['value'] as Float64Array, ...rule }
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
  return { prediction: labels, probability, ...rule }
}
