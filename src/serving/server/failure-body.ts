import type { ErrorReport, PipewrightError } from '../../core/errors.ts'
import type { FieldProblem } from '../handler.ts'
import { serverError } from './errors.ts'

const separator = '\u0000'
const mostProblems = 20

/** The body of an error in plain JSON. `problems` says which value of which row it is. */
export function failureBody({ code, message, remedy, values }: ErrorReport): {
  error: { code: string; message: string; remedy: string; problems?: FieldProblem[] }
} {
  const { problems } = values
  return {
    error: { code, message, remedy, ...(Array.isArray(problems) && { problems: problems.map(fromText) }) },
  }
}

/** An error that names rows and fields. */
export function badInput(problems: readonly FieldProblem[]): PipewrightError {
  const [first] = problems
  const place = first!.field === '' ? `Row ${first!.row}` : `“${first!.field}” of row ${first!.row}`
  return serverError('bad-input', {
    problem: `${place}: ${first!.message}`,
    problems: problems
      .slice(0, mostProblems)
      .map(({ row, field, message }) => [row, field, message].join(separator)),
  })
}

function fromText(text: string): FieldProblem {
  const [row, field, message] = text.split(separator)
  return { row: Number(row), field: field!, message: message! }
}
