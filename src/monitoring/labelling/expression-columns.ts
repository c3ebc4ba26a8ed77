import type { ModelData } from '../../core/artifacts.ts'
import type { Column } from '../../core/columns.ts'

/** What labelling functions may use: the columns that the model takes, its answer, and the probability of that. */
export function expressionColumns({
  signature,
}: Pick<ModelData, 'signature'>): Pick<Column, 'name' | 'type'>[] {
  const inputs = signature.inputs.map(({ name, type }) => ({ name, type }))
  const own = [
    { name: 'answer', type: 'text' },
    { name: 'probability', type: 'number' },
  ] as const
  // A column of the same name comes first.
  return [...inputs, ...own.filter(({ name }) => !inputs.some((input) => input.name === name))]
}
