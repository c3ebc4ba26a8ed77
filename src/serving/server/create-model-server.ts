import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { reportOf, type ErrorReport, type PipewrightError } from '../../core/errors.ts'
import type { RequestTrace } from '../handler.ts'
import type { ServerStart } from '../server-protocol.ts'
import { serverError, statusOf } from './errors.ts'
import { failureBody } from './failure-body.ts'
import { createModelAccess, type RefuseRequest } from './model-access.ts'
import type { ModelRoute } from './model-route.ts'
import { createBodyBudget } from './read-body.ts'
import { createTraces } from './request-trace.ts'

/** An answer in JSON that is sent without Fastify's way of sending. */
export interface PlainAnswer {
  status: number
  text: string
  trace: RequestTrace
  /** Names and values in turn. */
  headers: readonly string[]
}

export interface ModelServer {
  /** Of every route that the server really has, as `METHOD url`. */
  readonly served: readonly string[]
  /** Resolves with the port. Throws where it is taken. */
  listen(start: Pick<ServerStart, 'host' | 'port' | 'workers' | 'token' | 'allowedHosts'>): Promise<number>
  /** Takes no more connections; resolves when the answers under way are sent, or `mostMs` have passed. */
  drain(mostMs: number): Promise<void>
}

/** What is told of a request that was refused or failed. */
export type OnFailure = (failure: {
  error: unknown
  report: ErrorReport
  status: number
  trace: RequestTrace
  route: string
}) => void

declare module 'fastify' {
  interface FastifyRequest {
    trace: RequestTrace
    receivedAt: number
  }
}

const limits = {
  /** Connections at a time; more are cut off. */
  connections: 2_048,
  /** Of the time until the head, and until the whole request is there. */
  headMs: 10_000,
  requestMs: 30_000,
  checkMs: 5_000,
  keepAliveMs: 72_000,
  headBytes: 16 * 1024,
} as const

const safeHeaders = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
} as const

/** `routes` are given ways around Fastify for answers that must be quick. */
export function createModelServer(options: {
  routes: (ways: {
    send: (response: ServerResponse, answer: PlainAnswer) => void
    tellFailure: (error: unknown, request: FastifyRequest) => void
  }) => readonly ModelRoute[]
  onFailure: OnFailure
}): ModelServer {
  const { onFailure } = options
  const traceOf = createTraces()
  const bodies = createBodyBudget()
  const state: { refuse: RefuseRequest | null; isDraining: boolean } = { refuse: null, isDraining: false }
  const server = fastify({
    exposeHeadRoutes: false,
    bodyLimit: Number.MAX_SAFE_INTEGER,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    keepAliveTimeout: limits.keepAliveMs,
    requestTimeout: limits.requestMs,
    http: {
      headersTimeout: limits.headMs,
      connectionsCheckingInterval: limits.checkMs,
      maxHeaderSize: limits.headBytes,
    },
    frameworkErrors: (error, request, reply) => fail(error, request, reply),
    clientErrorHandler: refuseUnreadable,
  })
  server.server.maxConnections = limits.connections
  /** By how addresses begin: what no route takes is refused in the words of the protocol that it is nearest to. */
  const nearest = new Map<string, ModelRoute>()

  const fail = (thrown: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const error = explained(thrown)
    const report = reportOf(error)
    const status = statusOf(report)
    const { route } = contextOf(request)
    tellFailure(error, request)
    if (status === 503) void reply.header('retry-after', '1')
    if (status === 401) void reply.header('www-authenticate', 'Bearer')
    // What was not read of a body cannot be told from the next request.
    if (!request.raw.complete) void reply.header('connection', 'close')
    const near = route ?? nearest.get(firstPart(request.url))
    void reply.code(status).send(near ? near.failure(report, status) : failureBody(report))
  }
  const tellFailure = (error: unknown, request: FastifyRequest): void => {
    const report = reportOf(error)
    const { trace } = contextOf(request)
    onFailure({ error, report, status: statusOf(report), trace, route: request.routeOptions.url ?? '' })
  }
  const contextOf = (request: FastifyRequest): { route: ModelRoute | undefined; trace: RequestTrace } => {
    const { route } = request.routeOptions.config as { route?: ModelRoute }
    return { route, trace: request.trace ?? traceOf(request.headers) }
  }

  const unrouted = ({ url, method }: FastifyRequest, reply: FastifyReply): PipewrightError => {
    const [whole = ''] = url.split('?')
    const path = whole.slice(0, 200)
    const allowed = (['GET', 'POST'] as const).filter((other) =>
      server.findRoute({ method: other, url: whole }),
    )
    if (allowed.length === 0) return serverError('no-route', { method, path })
    void reply.header('allow', allowed.join(', '))
    return serverError('wrong-method', { method, path, allowed: allowed.join(' or ') })
  }

  server.decorateRequest('trace', null as unknown as RequestTrace)
  server.decorateRequest('receivedAt', 0)
  const served: string[] = []
  server.addHook('onRoute', ({ method, url }) => void served.push(`${String(method)} ${url}`))
  server.addHook('onRequest', (request, reply, done) => {
    request.receivedAt = performance.now()
    request.trace = traceOf(request.headers)
    const { route } = request.routeOptions.config as { route?: ModelRoute }
    // Before a body is read that nothing would take.
    done(route ? (refusalOf(request.raw, route, state.refuse) ?? undefined) : unrouted(request, reply))
  })
  server.addHook('onSend', (request, reply, payload, done) => {
    const { requestId, traceparent } = request.trace
    for (const [name, value] of Object.entries({ ...safeHeaders, 'x-request-id': requestId, traceparent }))
      if (!reply.hasHeader(name)) void reply.header(name, value)
    if (state.isDraining) void reply.header('connection', 'close')
    done(null, payload)
  })
  server.setErrorHandler((error, request, reply) => fail(error, request, reply))
  server.setNotFoundHandler((request, reply) => fail(unrouted(request, reply), request, reply))
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', (request, payload, done) => {
    const { route } = contextOf(request)
    bodies.read(payload, route?.mostBytes ?? 0, done)
  })

  const send = (response: ServerResponse, { status, text, trace, headers }: PlainAnswer): void => {
    if (response.destroyed || response.headersSent) return
    const bytes = Buffer.byteLength(text)
    response.writeHead(status, [
      ...plainHead,
      'content-length',
      String(bytes),
      'x-request-id',
      trace.requestId,
      'traceparent',
      trace.traceparent,
      ...headers,
      ...(state.isDraining ? closing : []),
    ])
    // What is ASCII needs no encoding, and goes out along with the head.
    response.end(text, bytes === text.length ? 'latin1' : 'utf8')
  }
  for (const route of options.routes({ send, tellFailure })) {
    nearest.set(firstPart(route.url), route)
    addRoute(server, route)
  }

  return {
    served,
    async listen(start) {
      await server.ready()
      const port = await listen(server, start)
      state.refuse = createModelAccess(start, port)
      return port
    },
    async drain(mostMs) {
      state.isDraining = true
      const cut = setTimeout(() => server.server.closeAllConnections(), mostMs)
      await server.close()
      clearTimeout(cut)
    },
  }
}

const plainHead = ['content-type', 'application/json; charset=utf-8', ...Object.entries(safeHeaders).flat()]
const closing = ['connection', 'close']

const firstPart = (url: string): string => /^\/[^/?]*/.exec(url)?.[0] ?? ''

function addRoute(server: FastifyInstance, route: ModelRoute): void {
  let atOnce = 0
  server.route({
    method: route.method,
    url: route.url,
    config: { route },
    onRequest(_, reply, done) {
      if (atOnce >= route.mostAtOnce) return done(serverError('busy'))
      atOnce += 1
      reply.raw.once('close', () => (atOnce -= 1))
      done()
    },
    // Nothing comes back where the reply was taken over.
    handler: (request, reply) => route.act(request, reply, request.trace),
  })
}

function refusalOf(
  request: IncomingMessage,
  route: ModelRoute,
  refuse: RefuseRequest | null,
): PipewrightError | null {
  if (!refuse) return serverError('stopping')
  const refusal = refuse(request, route)
  if (refusal) return refusal
  const { headers } = request
  const length = Number(headers['content-length'] ?? 0)
  if (length > route.mostBytes) return serverError('too-large', { limit: route.mostBytes })
  if (route.accepts === null || route.accepts === 'any') return null
  const given = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase()
  if (!route.accepts.includes(given))
    return serverError('wrong-type', { given: given.slice(0, 100), wanted: route.accepts[0]! })
  const encoding = headers['content-encoding'] ?? 'identity'
  return encoding === 'identity' ? null : serverError('wrong-encoding', { given: encoding.slice(0, 100) })
}

/** What Fastify and Node throw about requests, as ours. */
function explained(thrown: unknown): unknown {
  const { statusCode, message } = thrown as { statusCode?: number; message?: string }
  if (statusCode === undefined || statusCode >= 500) return thrown
  return serverError('bad-request', { problem: (message ?? 'it is not HTTP').toLowerCase() })
}

/** Bytes that are no HTTP, heads that are too long, callers who are too slow. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? '408 Request Timeout'
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function listen(
  server: FastifyInstance,
  { host, port, workers }: Pick<ServerStart, 'host' | 'port' | 'workers'>,
): Promise<number> {
  const { server: http } = server
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    // All processes of a deployment listen at one port, and the system shares connections out to them.
    http.listen({ host, port, reusePort: workers > 1, exclusive: true }, () => {
      http.off('error', reject)
      resolve()
    })
  })
  return (http.address() as AddressInfo).port
}
