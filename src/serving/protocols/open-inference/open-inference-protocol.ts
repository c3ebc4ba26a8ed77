import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RequestTrace } from '../../handler.ts'
import type { ModelRoute, Protocol, ProtocolParts } from '../../server/model-route.ts'
import { readBody, sendBody } from '../content-coding.ts'
import { answering, findServed, type Wanted } from '../find-served.ts'
import { mostAtOnce, mostBytes } from '../request-limits.ts'
import { signalOf } from '../signal-of.ts'
import { describeModel, extensions, modelConfiguration, repositoryIndex } from './describe-models.ts'
import { infer } from './infer.ts'
import { inferenceStatistics } from './inference-statistics.ts'
import { readInferRequest } from './read-infer-request.ts'
import { writeInferResponse } from './write-infer-response.ts'

/** The Open Inference Protocol, version 2, over HTTP, with those extensions of Triton that its clients use. */
export const openInference: Protocol = (parts) => {
  const { handler } = parts
  const statisticsOf = async (served = answering(handler)) =>
    inferenceStatistics(await parts.statistics(), served)
  return [
    route('v2-live', 'GET /v2/health/live', (_, reply) => reply.send({ live: true }), 'open'),
    route(
      'v2-ready',
      'GET /v2/health/ready',
      (_, reply) => answerReady(reply, handler.isReady(), { live: true }),
      'open',
    ),
    route('v2-server', 'GET /v2', (_, reply) =>
      reply.send({ name: 'pipewright', version: parts.productVersion, extensions }),
    ),
    route('v2-all-statistics', 'GET /v2/models/stats', async (_, reply) => reply.send(await statisticsOf())),
    route('v2-repository-index', 'POST /v2/repository/index', async (request, reply) => {
      // The body may ask for ready ones only: all are, or none.
      await readBody(request, mostBytes)
      return reply.send(repositoryIndex(handler))
    }),
    ...ofModel('v2-model', 'GET', '', (found, reply) => reply.send(describeModel(found))),
    ...ofModel('v2-model-ready', 'GET', '/ready', ({ served }, reply) =>
      answerReady(reply, handler.isReady(), { name: served.model }),
    ),
    ...ofModel('v2-model-configuration', 'GET', '/config', (found, reply) =>
      reply.send(modelConfiguration(found)),
    ),
    ...ofModel('v2-model-statistics', 'GET', '/stats', async ({ candidates }, reply) =>
      reply.send(await statisticsOf([...candidates])),
    ),
    ...modelUrls.map((url, index) =>
      route(nameOf('v2-infer', index), `POST ${url}/infer`, (request, reply, trace) =>
        answerInference(parts, { request, reply, trace }),
      ),
    ),
  ]

  function ofModel(
    name: string,
    method: 'GET' | 'POST',
    path: string,
    answer: (found: ReturnType<typeof findServed>, reply: FastifyReply) => unknown,
  ): ModelRoute[] {
    return modelUrls.map((url, index) =>
      route(nameOf(name, index), `${method} ${url}${path}`, (request, reply) =>
        answer(findServed(handler, wantedOf(request)), reply),
      ),
    )
  }
}

const modelUrls = ['/v2/models/:model', '/v2/models/:model/versions/:version']
const nameOf = (name: string, index: number): string => (index === 0 ? name : `${name}-of-version`)

function route(
  name: string,
  address: `${'GET' | 'POST'} ${string}`,
  act: ModelRoute['act'],
  access: ModelRoute['access'] = 'token',
): ModelRoute {
  const [method, url] = address.split(' ') as ['GET' | 'POST', string]
  const takesBody = method === 'POST'
  return {
    name,
    method,
    url,
    plane: 'model',
    access,
    // Clients send JSON, JSON with bytes behind it, and either without saying so.
    accepts: takesBody ? 'any' : null,
    mostBytes: takesBody ? mostBytes : 0,
    mostAtOnce,
    act,
    failure: ({ message, remedy }) => ({ error: `${message} ${remedy}` }),
  }
}

function wantedOf(request: FastifyRequest): Wanted {
  return request.params as { model: string; version?: string }
}

/** The protocol asks for a status in the 400s where something is not ready. */
function answerReady(
  reply: FastifyReply,
  ready: boolean,
  more: { name: string } | { live: true },
): FastifyReply {
  return reply.code(ready ? 200 : 400).send({ ...more, ready })
}

async function answerInference(
  { handler }: ProtocolParts,
  { request, reply, trace }: { request: FastifyRequest; reply: FastifyReply; trace: RequestTrace },
): Promise<FastifyReply> {
  const receivedAt = performance.now()
  const wanted = wantedOf(request)
  const found = findServed(handler, wanted)
  const asked = readInferRequest(await readBody(request, mostBytes), {
    headerLength: request.headers['inference-header-content-length'] as string | undefined,
    model: wanted.model,
  })
  const inference = await infer(handler, found, {
    request: asked,
    header: (name) => request.headers[name],
    trace,
    receivedAt,
    signal: signalOf(reply),
  })
  const { body, headerLength } = writeInferResponse(inference, asked.id)
  if (headerLength === null) reply.type('application/json')
  else reply.type('application/octet-stream').header('inference-header-content-length', String(headerLength))
  return sendBody(request, reply, body)
}
