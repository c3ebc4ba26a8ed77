import { nearestName } from '../../core/nearest-name.ts'
import type { FieldProblem } from '../handler.ts'

/** What is said of a row that has nothing for the model. `columns` are those that it could have had. */
export function noKnownField(
  fields: object,
  { row, columns }: { row: number; columns: readonly { name: string }[] },
): FieldProblem {
  const given = Object.keys(fields)
  if (given.length === 1 && given[0] === 'rows')
    return { row, field: '', message: '“rows” is not a list of rows.' }
  const names = columns.map(({ name }) => name)
  for (const field of given.slice(0, mostCompared)) {
    const near = nearestName(field, names)
    if (near !== undefined)
      return {
        row,
        field: '',
        message: `None of its fields is a column of the model. Is “${field.slice(0, 100)}” “${near}”?`,
      }
  }
  const message = given.length === 0 ? 'It has no fields.' : 'None of its fields is a column of the model.'
  return { row, field: '', message }
}

/** Requests of strangers may have many. */
const mostCompared = 5
