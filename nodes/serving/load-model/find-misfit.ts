import { clusterOutput, distancesOutput } from '../../../src/core/answer-names.ts'
import type { ModelData } from '../../../src/core/artifacts.ts'
import type { OnnxSession } from '../../../src/onnx/session.ts'

type Ports = Pick<OnnxSession, 'inputs' | 'outputs'>

/** What a model’s graph takes or gives otherwise than its signature says, in words; null where it fits. */
export function findMisfit({ inputs, outputs }: Ports, model: ModelData): string | null {
  const { signature } = model
  const taken = new Map(inputs.map((port) => [port.name, port]))
  for (const { name, type } of signature.inputs) {
    const port = taken.get(name)
    if (!port) return `it does not take “${name}”`
    if (port.width !== 1 || port.type !== (type === 'text' ? 'string' : 'float64'))
      return `it takes “${name}” as ${port.type} of width ${port.width}, not as ${type}`
  }
  const named = new Set(signature.inputs.map(({ name }) => name))
  const further = inputs.find(({ name }) => !named.has(name))
  if (further) return `it also takes “${further.name}”`
  const given = new Map(outputs.map((port) => [port.name, port]))
  for (const { name, type, width } of signature.outputs) {
    const port = given.get(name)
    if (port?.width !== width || (port.type === 'string') !== (type === 'text'))
      return `it does not answer “${name}” as ${type} of width ${width}`
  }
  return missingAnswer(given, model)
}

/** What those who use a model of its task read. */
function missingAnswer(
  given: ReadonlyMap<string, Ports['outputs'][number]>,
  { task, target }: ModelData,
): string | null {
  if (task === 'regression') {
    return given.get('value')?.type === 'float64' ? null : 'it answers with no “value”'
  }
  if (task === 'clustering') {
    return given.get(clusterOutput)?.type === 'string' && given.get(distancesOutput)?.type === 'float64'
      ? null
      : 'it does not answer with clusters'
  }
  const probabilities = given.get('probabilities')
  if (given.get('label')?.type !== 'string') return 'it answers with no “label”'
  if (probabilities?.type !== 'float32' || probabilities.width !== target.classes?.length)
    return 'it does not give a probability for each class'
  const hasPositive = task === 'multiclass' || target.classes.includes(target.positive ?? '')
  return hasPositive ? null : 'its positive class is none of its classes'
}
