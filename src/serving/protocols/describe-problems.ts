import type { FieldProblem } from '../handler.ts'
import { protocolError } from './errors.ts'

const mostNamed = 5

/** One error for all values of a request that cannot be read, the first of them by name. */
export function valuesError(problems: readonly FieldProblem[]): Error {
  const named = problems
    .slice(0, mostNamed)
    .map(({ row, field, message }) => `Row ${row}, “${field}”: ${message}`)
  const more = problems.length - named.length
  const rest = more > 0 ? [`And ${more} more.`] : []
  return protocolError('bad-values', { problems: [...named, ...rest].join(' ') })
}
