import type { FastifyReply, FastifyRequest } from 'fastify'
import { clusterOutput } from '../../../core/answer-names.ts'
import type { PredictionAnswer, PredictionHandler, RequestTrace, ServedModel } from '../../handler.ts'
import { serverError } from '../../server/errors.ts'
import type { ModelRoute, Protocol } from '../../server/model-route.ts'
import { readBody, sendBody } from '../content-coding.ts'
import { valuesError } from '../describe-problems.ts'
import { protocolError } from '../errors.ts'
import { firstServed } from '../find-served.ts'
import { readJson, readText } from '../read-json.ts'
import { mostAtOnce, mostBytes, mostRows } from '../request-limits.ts'
import { signalOf } from '../signal-of.ts'
import { stickyKeysOf } from '../../traffic/sticky-keys.ts'
import { valuesFor } from '../values-for.ts'
import { tableOfCsv, tableOfJson, type SentTable, type WantedColumns } from './table-of-body.ts'

const wantedTypes = ['application/json', 'text/csv']

/** The scoring protocol of MLflow 2 and later. */
export const mlflow: Protocol = ({ handler, productVersion }) => {
  const health = (_: FastifyRequest, reply: FastifyReply) =>
    reply
      .code(handler.isReady() ? 200 : 503)
      .type('application/json')
      .send('\n')
  return [
    route('mlflow-ping', 'GET', '/ping', { access: 'open', act: health }),
    route('mlflow-health', 'GET', '/health', { access: 'open', act: health }),
    route('mlflow-version', 'GET', '/version', {
      access: 'token',
      act: (_, reply) => reply.type('text/plain').send(productVersion),
    }),
    route('mlflow-invocations', 'POST', '/invocations', {
      access: 'token',
      act: (request, reply, trace) => answerInvocation(handler, { request, reply, trace }),
    }),
  ]
}

function route(
  name: string,
  method: 'GET' | 'POST',
  url: string,
  { access, act }: Pick<ModelRoute, 'access' | 'act'>,
): ModelRoute {
  const takesBody = method === 'POST'
  return {
    name,
    method,
    url,
    plane: 'model',
    access,
    accepts: takesBody ? wantedTypes : null,
    mostBytes: takesBody ? mostBytes : 0,
    mostAtOnce,
    act,
    failure: ({ message, remedy }, status) => ({
      error_code: errorCode(status),
      message: `${message} ${remedy}`,
    }),
  }
}

/** As MLflow names what went wrong. */
function errorCode(status: number): string {
  if (status === 401 || status === 403) return 'PERMISSION_DENIED'
  if (status === 429 || status === 503) return 'TEMPORARILY_UNAVAILABLE'
  return status < 500 ? 'BAD_REQUEST' : 'INTERNAL_ERROR'
}

async function answerInvocation(
  handler: PredictionHandler,
  { request, reply, trace }: { request: FastifyRequest; reply: FastifyReply; trace: RequestTrace },
): Promise<FastifyReply> {
  const receivedAt = performance.now()
  const served = firstServed(handler)
  const bytes = await readBody(request, mostBytes)
  const inputs = served.signature.inputs.map(({ name }) => name)
  const all = new Set(handler.stickyBy === null ? inputs : [...inputs, handler.stickyBy])
  const table = readTable(bytes, { type: request.headers['content-type'], wanted: { inputs, all } })
  const chunk = readColumns(served, table)
  const header = (name: string): unknown => request.headers[name]
  const column = (name: string) => table.columns.get(name)
  const answer = await handler.predict({
    chunk,
    stickyKeys: stickyKeysOf(handler.stickyBy, { header, column }),
    trace,
    receivedAt,
    signal: signalOf(reply),
  })
  reply.type('application/json')
  return sendBody(request, reply, Buffer.from(JSON.stringify(invocationAnswer(served, answer))))
}

function readTable(
  bytes: Uint8Array,
  { type, wanted }: { type: string | undefined; wanted: WantedColumns },
): SentTable {
  const [media = '', ...parameters] = (type ?? '').split(';').map((part) => part.trim().toLowerCase())
  if (parameters.some((parameter) => parameter !== '' && !/^charset="?utf-?8"?$/.test(parameter)))
    throw serverError('wrong-type', { given: type ?? '', wanted: `${wantedTypes.join(' or ')} in UTF-8` })
  return media === 'text/csv' ? tableOfCsv(readText(bytes), wanted) : tableOfJson(readJson(bytes), wanted)
}

/** Columns that are no inputs are left aside, as MLflow does; each input has to be there. */
function readColumns({ signature, reader }: ServedModel, { rows, columns }: SentTable) {
  if (rows === 0) throw protocolError('bad-body', { problem: 'it has no row' })
  if (rows > mostRows) throw protocolError('too-many-rows', { rows, mostRows })
  const missing = signature.inputs.filter(({ name }) => !columns.has(name)).map(({ name }) => `“${name}”`)
  if (missing.length > 0) throw protocolError('bad-body', { problem: `it lacks ${missing.join(', ')}` })
  const values = signature.inputs.map((input) => [input.name, valuesFor(input, columns.get(input.name)!)])
  const read = reader.readColumns(Object.fromEntries(values) as Record<string, unknown[]>, rows)
  if ('columns' in read) return read
  throw valuesError(read)
}

/** `predictions` as a model of MLflow gives them: a label or a number a row. What else there is stands beside it. */
function invocationAnswer(served: ServedModel, answer: PredictionAnswer) {
  const { model, version, outputs, predictionIds, isFallback } = answer
  const classes = served.target.classes
  const probabilities = outputs['probabilities']
  return {
    predictions: Array.from<string | number, string | number | null>(predictionsOf(outputs), finite),
    ...(probabilities &&
      classes && {
        probabilities: predictionIds.map((_, row) =>
          Object.fromEntries(
            classes.map((label, index) => [label, probabilities[row * classes.length + index]]),
          ),
        ),
      }),
    model,
    version: String(version),
    prediction_ids: predictionIds,
    ...(isFallback && { fallback: true }),
  }
}

/** What the model says, not how it came to say it. */
function predictionsOf(outputs: PredictionAnswer['outputs']) {
  return outputs['label'] ?? outputs['value'] ?? outputs[clusterOutput] ?? []
}

/** JSON has no NaN and no infinity. */
function finite(value: string | number): string | number | null {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value
}
