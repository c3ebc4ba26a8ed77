import { timingSafeEqual } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PipewrightError } from '../../core/errors.ts'
import { ownValue } from '../../core/own-value.ts'
import type { FieldProblem, PredictionHandler, RequestTrace } from '../handler.ts'
import { replayHeader } from '../server-protocol.ts'
import { manyAnswersText, singleAnswerText } from './answer-text.ts'
import { stickyKeysOf, type StickyKeys } from '../traffic/sticky-keys.ts'
import { serverError, statusOf } from './errors.ts'
import { badInput, failureBody } from './failure-body.ts'
import type { ModelRoute } from './model-route.ts'
import { noKnownField } from './no-known-field.ts'
import { parseJson } from './parse-json.ts'
import type { Predictions } from './predictions.ts'
import type { ServedVersion, ServingState } from './serving-state.ts'

const mostBytes = 8 * 1024 * 1024
const mostRows = 100_000
/** Rows may be sent short: what is left out of them takes memory, too. */
const mostCells = 10_000_000

/** Head names and values as Node writes them, without an object for each. */
export type Headers = string[]

/** `POST /predict`: plain JSON, one row or many. */
export function predictRoute(parts: {
  predictions: Predictions
  handler: PredictionHandler
  state: () => ServingState | null
  replayKey: string
  /** Writes the answer of a request whose reply was taken over. */
  send: (
    response: ServerResponse,
    answer: { status: number; text: string; trace: RequestTrace; headers: Headers },
  ) => void
  /** Tells of an error that was answered without Fastify's way of sending. */
  tellFailure(error: PipewrightError, request: FastifyRequest): void
}): ModelRoute {
  const { predictions, handler, send } = parts
  const replayKey = Buffer.from(parts.replayKey)

  const one = (row: object, context: Context): void => {
    const { state, request, reply, trace } = context
    const [key] = stickyKeys(state, request, [row]) ?? []
    const served = state.choose(key ?? undefined)
    const response = reply.raw
    let ignored = 0
    const read = predictions.predictRow(row, {
      state,
      served,
      asker: {
        trace,
        receivedAt: request.receivedAt,
        answered: (answer) =>
          send(response, {
            status: 200,
            text: singleAnswerText(answer),
            trace,
            headers: ignoredHeader(ignored),
          }),
        failed(error) {
          parts.tellFailure(error, request)
          const report = error.toReport()
          const status = statusOf(report)
          send(response, { status, text: JSON.stringify(failureBody(report)), trace, headers: [] })
        },
      },
    })
    if (typeof read !== 'number') throw badInput(read)
    ignored = Object.keys(row).length - read
    reply.hijack()
  }

  const many = async (rows: readonly unknown[], context: Context): Promise<void> => {
    const { state, request, reply, trace } = context
    const { columns, reader } = state.versions[0]!
    const most = Math.min(mostRows, Math.floor(mostCells / Math.max(1, columns.length)))
    if (rows.length > most) throw badInput([{ row: most, field: '', message: 'There are too many rows.' }])
    const chunk = reader.readObjects(rows)
    if (!('columns' in chunk)) throw badInput(chunk)
    const strangers = rowsWithoutInputs(rows, state.versions[0]!)
    if (strangers.length > 0) throw badInput(strangers)
    const signal = abortedWith(reply.raw)
    const answer = await handler.predict({
      chunk,
      stickyKeys: stickyKeys(state, request, rows),
      trace,
      signal,
      receivedAt: request.receivedAt,
    })
    const served = state.versions.find(
      ({ version, model }) => version === answer.version && model === answer.model,
    )
    reply.hijack()
    const text = manyAnswersText(answer, served ?? state.versions[0]!)
    send(reply.raw, { status: 200, text, trace, headers: [] })
  }

  return {
    name: 'predict',
    method: 'POST',
    url: '/predict',
    plane: 'model',
    access: 'token',
    accepts: ['application/json'],
    mostBytes,
    mostAtOnce: 2_048,
    failure: failureBody,
    act(request, reply, trace) {
      const state = parts.state()
      if (!state) throw serverError('stopping')
      const body = parseJson(request.body)
      const context = { state, request, reply, trace }
      const wanted = request.headers[replayHeader]
      if (wanted !== undefined) {
        const served = replayed(String(wanted), { state, replayKey })
        if (served) return replay(served, body, context, send)
      }
      const rows = rowsOf(body)
      if (rows) return many(rows, context)
      if (typeof body !== 'object' || body === null)
        throw badInput([{ row: 0, field: '', message: 'The body is neither a row nor a list of rows.' }])
      return one(body, context)
    },
  }
}

interface Context {
  state: ServingState
  request: FastifyRequest
  reply: FastifyReply
  trace: RequestTrace
}

/** The rows of a list, or of an object with a list of `rows`; null for an object that is a row itself. */
function rowsOf(body: unknown): readonly unknown[] | null {
  if (Array.isArray(body)) return body
  if (typeof body !== 'object' || body === null) return null
  const rows = ownValue(body as Readonly<Record<string, unknown>>, 'rows')
  return Array.isArray(rows) ? rows : null
}

const stickyKeys = (
  { configuration }: ServingState,
  { headers }: FastifyRequest,
  rows: readonly unknown[],
): StickyKeys | undefined =>
  stickyKeysOf(configuration.stickyBy, {
    header: (name) => headers[name],
    column: (name) => rows.map((row) => ownValue(row as Readonly<Record<string, unknown>>, name)),
  })

const mostStrangers = 20

function rowsWithoutInputs(rows: readonly unknown[], { columns }: ServedVersion): FieldProblem[] {
  if (columns.length === 0) return []
  const problems: FieldProblem[] = []
  for (const [index, row] of rows.entries()) {
    if (problems.length === mostStrangers) break
    if (!columns.some(({ name }) => Object.hasOwn(row as object, name)))
      problems.push(noKnownField(row as object, { row: index, columns }))
  }
  return problems
}

function ignoredHeader(ignored: number): Headers {
  return ignored > 0 ? ['x-pipewright-ignored-fields', String(ignored)] : noHeaders
}

const noHeaders: Headers = []

function abortedWith(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort()
  })
  return controller.signal
}

/** The version that a host wants to compare, where it shows the key. */
function replayed(
  header: string,
  { state, replayKey }: { state: ServingState; replayKey: Buffer },
): ServedVersion | null {
  const [key = '', wanted] = header.split(' ')
  const shown = Buffer.from(key)
  if (shown.length !== replayKey.length || !timingSafeEqual(shown, replayKey)) return null
  return state.versions.find((served) => served.key === wanted) ?? null
}

/** One row takes the way of every single row, so that it is that way which is compared. */
async function replay(
  served: ServedVersion,
  body: unknown,
  { state, reply, trace }: Context,
  send: Parameters<typeof predictRoute>[0]['send'],
): Promise<void> {
  state.using += 1
  try {
    const rows = rowsOf(body)
    const text = rows ? await replayedRows(served, rows) : await replayedRow(served, body)
    reply.hijack()
    send(reply.raw, { status: 200, text, trace, headers: [] })
  } finally {
    state.using -= 1
  }
}

async function replayedRow(served: ServedVersion, row: unknown): Promise<string> {
  const { model, version, batches } = served
  const { columns, at } = batches.place()
  const read = served.reader.readRow(row, columns, at)
  if (typeof read !== 'number') throw badInput(read)
  return new Promise((resolve, fail) => {
    batches.add({
      rows: 1,
      isReplay: true,
      fail,
      answer({ outputs, total }, from) {
        const answer = { served, model, version, isFallback: false, outputs, from, rows: 1, total, ids: [''] }
        resolve(singleAnswerText(answer))
      },
    })
  })
}

async function replayedRows(served: ServedVersion, rows: readonly unknown[]): Promise<string> {
  const { model, version } = served
  const chunk = served.reader.readObjects(rows)
  if (!('columns' in chunk)) throw badInput(chunk)
  const outputs = await served.loaded.session.run(chunk)
  const answer = { model, version, isFallback: false, outputs, predictionIds: rows.map(() => '') }
  return manyAnswersText(answer, served)
}
