import { createReadStream, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { reasonOfFailure } from '../../files/reason-of-failure.ts'
import type { Host } from '../host.ts'
import { createAccess, type Access } from './access.ts'
import { answerError } from './answer-errors.ts'
import { httpError } from './errors.ts'
import { appPage, goOnPage, refusedPage } from './pages.ts'
import { routes, type Route } from './routes.ts'
import { securityHeaders } from './security-headers.ts'
import { serveSockets } from './serve-sockets.ts'
import { storeUpload } from './store-upload.ts'

/** The app for browsers of this machine. */
export interface HttpHost {
  port: number
  /** Counts once, for a minute. */
  startAddress(): string
  /** Of every route that the server really has, as `METHOD url`. */
  readonly served: readonly string[]
  /** Pages that are open are cut off. */
  close(): Promise<void>
}

const address = '127.0.0.1'

/** Serves the window and the contract of a host. A port of 0 is any that is free. */
export async function openHttpHost(options: {
  host: Host
  renderer: string
  port: number
}): Promise<HttpHost> {
  const { host, renderer, port } = options
  if (!existsSync(join(renderer, 'index.html'))) throw httpError('no-window', { folder: renderer })
  const server = fastify({
    bodyLimit: 1,
    // Of the time until the head of a request is there; an upload may take its time.
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 5_000,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    return503OnClosing: true,
  })
  const served: string[] = []
  // Which host names are ours is known once the port is.
  const state: { access?: Access } = {}
  const access = (): Access => state.access!
  server.addHook('onRoute', ({ method, url }) => void served.push(`${String(method)} ${url}`))
  server.addHook('onSend', (_, reply, payload, done) => {
    reply.headers(securityHeaders)
    done(null, payload)
  })
  server.setErrorHandler((error, request, reply) => answerError(error, { request, reply, log: host.log }))
  server.removeAllContentTypeParsers()
  // The body is read by whoever wants it, as it comes.
  server.addContentTypeParser('application/octet-stream', (_, body, done) => done(null, body))
  server.setNotFoundHandler((request, reply) => {
    const refusal = access().refuse(request.raw, routeNamed('file'))
    return refuse(reply, refusal ?? { status: 404, problem: 'There is nothing here.' })
  })
  await server.register(fastifyStatic, { root: renderer, serve: false, index: false, cacheControl: false })

  const act = actions({ host, renderer, access })
  for (const route of routes)
    if (route.name !== 'socket') addRoute(server, { route, access, act: act[route.name] })
  const closeSockets = serveSockets(server.server, { host, access, route: routeNamed('socket') })
  await listen(server, port)
  const { port: actual } = server.server.address() as AddressInfo
  state.access = createAccess({ address, port: actual })
  return {
    port: actual,
    startAddress: () => access().startAddress(),
    served: [...served, 'GET /api/socket'],
    async close() {
      closeSockets()
      await server.close()
    },
  }
}

type Act = (request: FastifyRequest, reply: FastifyReply, route: Route) => Promise<unknown>

function addRoute(
  server: FastifyInstance,
  { route, access, act }: { route: Route; access: () => Access; act: Act },
): void {
  let atOnce = 0
  server.route({
    method: route.method,
    url: route.url,
    bodyLimit: Math.max(1, route.mostBytes),
    onRequest: async (request, reply) => {
      const refusal = access().refuse(request.raw, route)
      if (refusal) return refuse(reply, refusal)
      if (Number(request.headers['content-length'] ?? 0) > route.mostBytes)
        return refuse(reply.header('connection', 'close'), { status: 413, problem: 'This is too large.' })
      if (atOnce >= route.mostAtOnce)
        return refuse(reply.header('retry-after', '1'), { status: 503, problem: 'Pipewright is busy.' })
      atOnce += 1
      reply.raw.once('close', () => (atOnce -= 1))
      return undefined
    },
    handler: (request, reply) => act(request, reply, route),
  })
}

function refuse(reply: FastifyReply, { status, problem }: { status: number; problem: string }): FastifyReply {
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(refusedPage(problem))
}

function routeNamed(name: Route['name']): Route {
  return routes.find((route) => route.name === name)!
}

function actions(parts: {
  host: Host
  renderer: string
  access: () => Access
}): Record<Exclude<Route['name'], 'socket'>, Act> {
  const { host, renderer, access } = parts
  return {
    async start(request, reply) {
      const { token } = request.query as { token?: unknown }
      const cookie = typeof token === 'string' ? access().redeem(token) : null
      if (cookie === null)
        return refuse(reply, {
          status: 401,
          problem:
            'This address was used already, or is too old. Run `pipewright studio` again for a new one.',
        })
      return reply
        .header('set-cookie', cookie)
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(goOnPage)
    },
    async page(_, reply) {
      return reply
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(await appPage(renderer, host.client))
    },
    async file(request, reply) {
      const { '*': path } = request.params as { '*': string }
      // The names of built files change with their content.
      const lasts = path.startsWith('assets/')
      return reply
        .header('cache-control', lasts ? 'private, max-age=31536000, immutable' : 'no-cache')
        .sendFile(path)
    },
    async upload(request, reply, { mostBytes }) {
      if (!request.body) return refuse(reply, { status: 415, problem: 'A file is wanted here.' })
      const { name, folder, use } = request.query as Record<'name' | 'folder' | 'use', unknown>
      const stored = await storeUpload({
        client: host.client,
        folder: typeof folder === 'string' && folder !== '' ? folder : null,
        name: typeof name === 'string' ? name : '',
        body: request.body as NodeJS.ReadStream,
        mostBytes,
        // What no pipeline can start from is not left lying about.
        check: async (path) => use === 'start' && host.client.starter.suggest({ path }),
      })
      return reply.send(stored)
    },
    async download(request, reply) {
      const { file } = request.params as { file: string }
      const [, artifact, ending] = /^([0-9a-f]{64})\.(csv|parquet)$/.exec(file) ?? []
      if (artifact === undefined) return reply.code(404).send({ error: 'There is no such file.' })
      const format = ending as 'csv' | 'parquet'
      const { filter } = request.query as { filter?: unknown }
      const { path } = await host.client.tables.export({
        artifact,
        format,
        path: null,
        filter: typeof filter === 'string' && filter !== '' ? filter : null,
      })
      reply.raw.once('close', () => void rm(path, { force: true }))
      const name = `table-${artifact.slice(0, 8)}.${format}`
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('cache-control', 'no-store')
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/vnd.apache.parquet')
        .send(createReadStream(path))
    },
  }
}

async function listen(server: FastifyInstance, port: number): Promise<void> {
  try {
    await server.listen({ host: address, port })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw httpError('port-taken', { port }, { cause })
    if (code === 'EACCES')
      throw httpError('port-forbidden', { port, problem: reasonOfFailure(cause) }, { cause })
    throw cause
  }
}
