import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { PipewrightError } from '../../core/errors.ts'
import type { ServerStart } from '../server-protocol.ts'
import { serverError } from './errors.ts'
import type { ModelRoute } from './model-route.ts'

/** Who may call a model server. Null where a request may pass to its route. */
export type RefuseRequest = (
  request: IncomingMessage,
  route: Pick<ModelRoute, 'access'>,
) => PipewrightError | null

/**
 * A server without a token listens on the loopback address alone, and answers to its own names alone: another name for
 * this machine is how a page from elsewhere would reach it. With a token, no page gets past it, so that load balancers
 * and probes may call by any name unless names are given.
 */
export function createModelAccess(
  { host, token, allowedHosts }: Pick<ServerStart, 'host' | 'token' | 'allowedHosts'>,
  port: number,
): RefuseRequest {
  const own = host.includes(':') ? `[${host}]` : host
  const names = [`${own}:${port}`, `localhost:${port}`, `127.0.0.1:${port}`, ...allowedHosts]
  const hosts = new Set(names.map((name) => name.toLowerCase()))
  const origins = new Set([...hosts].flatMap((name) => [`http://${name}`, `https://${name}`]))
  const anyHost = token !== null && allowedHosts.length === 0
  const isAllowed = tokenCheck(token)
  return ({ headers }, { access }) => {
    const { host: name, origin, authorization } = headers
    if (!anyHost && (name === undefined || !hosts.has(name.toLowerCase())) && access !== 'open')
      return serverError('wrong-host', { host: shortened(name ?? '') })
    if (origin !== undefined && !origins.has(origin))
      return serverError('foreign-page', { origin: shortened(origin) })
    return access === 'open' || isAllowed(authorization) ? null : serverError('no-token')
  }
}

/** Whether an `authorization` shows the token; without a token all do. */
export function tokenCheck(token: string | null): (authorization: string | undefined) => boolean {
  if (token === null) return () => true
  const wanted = digest(token)
  return (authorization) => {
    const [, shown = ''] = /^bearer +(\S+) *$/i.exec(authorization ?? '') ?? []
    return timingSafeEqual(digest(shown), wanted)
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

const shortened = (text: string): string => text.slice(0, 100)
