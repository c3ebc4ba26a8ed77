import type { RawValue } from '../../contract/model-details.ts'
import type { ReferenceAnswer, ReferenceRows } from '../../contract/reference-rows.ts'
import { replayHeader } from '../server-protocol.ts'
import type { EndpointAnswer, EndpointClient } from './ask-endpoint.ts'
import { answeredRowSchema, manyAnswersSchema, parseBody, type AnsweredRow } from './read-answer.ts'

/** A row that was answered otherwise than by batch scoring. */
export interface DifferingRow {
  row: Record<string, RawValue>
  expected: ReferenceAnswer
  answered: ReferenceAnswer | string
}

export interface Replay {
  rows: number
  /** How many of them were also asked for one by one. */
  single: number
  differing: number
  /** The first of them. */
  examples: DifferingRow[]
}

/** So many rows are asked for in requests of their own. */
const singleRows = 200
/** Requests at a time, so that the server gathers them into batches as it does for callers. */
const atOnce = 16
const rowsOfRequest = 500
const mostExamples = 20

/**
 * Asks a live endpoint for rows, many in a request and one by one, and compares every answer with that of batch scoring:
 * equal to the last bit, or different.
 */
export async function replayRows(
  client: EndpointClient,
  options: {
    reference: ReferenceRows & { outcome: 'rows' }
    /** `MODEL:VERSION`, which is to answer. */
    version: string
    replayKey: string
    signal: AbortSignal
  },
): Promise<Replay> {
  const { reference, version, replayKey, signal } = options
  const { rows, answers, classes } = reference
  const headers = { [replayHeader]: `${replayKey} ${version}` }
  const differing = new Map<number, DifferingRow>()
  const compare = (index: number, answered: ReferenceAnswer | string): void => {
    const expected = answers[index]!
    if (!isEqual(expected, answered) && !differing.has(index))
      differing.set(index, { row: rows[index]!, expected, answered })
  }
  for (let first = 0; first < rows.length; first += rowsOfRequest) {
    signal.throwIfAborted()
    const piece = rows.slice(first, first + rowsOfRequest)
    const got = manyIn(await client.predict({ rows: piece }, headers), piece.length)
    for (let at = 0; at < piece.length; at++)
      compare(first + at, typeof got === 'string' ? got : answerOf(got[at]!, classes))
  }
  const single = Math.min(singleRows, rows.length)
  for (let first = 0; first < single; first += atOnce) {
    signal.throwIfAborted()
    const piece = rows.slice(first, Math.min(single, first + atOnce))
    const got = await Promise.all(piece.map((row) => client.predict(row, headers)))
    for (const [at, answer] of got.entries()) compare(first + at, oneIn(answer, classes))
  }
  return {
    rows: rows.length,
    single,
    differing: differing.size,
    examples: [...differing.values()].slice(0, mostExamples),
  }
}

function manyIn(answer: EndpointAnswer, rows: number): AnsweredRow[] | string {
  const read = manyAnswersSchema.safeParse(parseBody(answer.body))
  return answer.status === 200 && read.data?.predictions.length === rows
    ? read.data.predictions
    : refusalOf(answer)
}

function oneIn(answer: EndpointAnswer, classes: readonly string[]): ReferenceAnswer | string {
  const read = answeredRowSchema.safeParse(parseBody(answer.body))
  if (answer.status === 200 && read.data) return answerOf(read.data, classes)
  const only = manyIn(answer, 1)
  return typeof only === 'string' ? only : answerOf(only[0]!, classes)
}

const refusalOf = ({ status, body }: EndpointAnswer): string => `status ${status}: ${body.slice(0, 500)}`

function answerOf({ prediction, probabilities }: AnsweredRow, classes: readonly string[]): ReferenceAnswer {
  return {
    answer: prediction,
    probabilities: probabilities ? classes.map((name) => probabilities[name] ?? null) : null,
  }
}

/** JSON has the shortest decimals that give the same number back: equal numbers are equal bits, but for the sign of 0. */
function isEqual(expected: ReferenceAnswer, answered: ReferenceAnswer | string): boolean {
  if (typeof answered === 'string' || expected.answer !== answered.answer) return false
  const [a, b] = [expected.probabilities ?? [], answered.probabilities ?? []]
  return a.length === b.length && a.every((value, index) => value === b[index])
}
