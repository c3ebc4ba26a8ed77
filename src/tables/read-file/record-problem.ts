import type { RowProblem } from './file-rows.ts'
import type { RecordProblem } from './record-reader.ts'

export function recordProblem(problem: RecordProblem): RowProblem {
  switch (problem) {
    case 'bad-quotes':
      return {
        reason: problem,
        message: 'A quote is not closed, or something stands between a closing quote and the next delimiter.',
      }
    case 'nul-character':
      return { reason: problem, message: 'There is a NUL character in the row.' }
    case 'too-long':
      return { reason: problem, message: 'The row is longer than 2 MB.' }
    case 'bad-encoding':
      return {
        reason: problem,
        message: 'There are bytes in the row that are no characters of the encoding.',
      }
  }
}
