import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Route } from './routes.ts'

/** Why a request is not let through, as a status of HTTP. */
export interface Refusal {
  status: 401 | 403 | 421 | 429
  problem: string
}

/** Who may use a server that listens on this machine alone. */
export interface Access {
  /** An address with a token that counts once, for a minute. */
  startAddress(): string
  /** Null where a request may pass to a route. */
  refuse(request: IncomingMessage, route: Route): Refusal | null
  /** The cookie for whoever shows a token; null for one that is unknown, used or old. */
  redeem(token: string): string | null
}

const tokenLifeMs = 60_000
const mostOpenTokens = 16
const failureWindowMs = 10_000
const mostFailures = 20

/** `host` is what the server listens on, such as `127.0.0.1:4711`. */
export function createAccess({ address, port }: { address: string; port: number }): Access {
  const hosts = new Set([`${address}:${port}`, `localhost:${port}`])
  const origins = new Set([...hosts].map((host) => `http://${host}`))
  // A browser sends a cookie to every port of a machine.
  const cookieName = `pipewright-${port}`
  const session = secret()
  const tokens = new Map<string, number>()
  const failures: number[] = []

  const authenticationOf = (request: IncomingMessage): Refusal | null => {
    const shown = cookieIn(request.headers.cookie, cookieName)
    if (shown !== null && equalSecrets(shown, session)) return null
    return {
      status: 401,
      problem:
        'This browser has no permission yet. Run `pipewright studio` in the folder of your pipelines and open the ' +
        'address that it prints; it counts once, for a minute.',
    }
  }
  const fail = (refusal: Refusal): Refusal => {
    const now = Date.now()
    while (failures[0] !== undefined && failures[0] < now - failureWindowMs) failures.shift()
    failures.push(now)
    if (failures.length <= mostFailures) return refusal
    failures.length = mostFailures
    return { status: 429, problem: 'Too many requests without permission. Wait a moment.' }
  }
  return {
    startAddress() {
      const token = secret()
      tokens.set(token, Date.now() + tokenLifeMs)
      const [oldest] = tokens.keys()
      if (tokens.size > mostOpenTokens) tokens.delete(oldest!)
      return `http://${address}:${port}/start?token=${token}`
    },
    refuse(request, route) {
      const { host, origin } = request.headers
      // Another name for this machine is how a page from elsewhere would reach it.
      if (host === undefined || !hosts.has(host))
        return { status: 421, problem: 'This host is not known here.' }
      const isForeign = origin === undefined ? route.origin === 'required' : !origins.has(origin)
      const site = request.headers['sec-fetch-site']
      const isNavigation = request.headers['sec-fetch-mode'] === 'navigate'
      const isElsewhere = site === 'cross-site' || site === 'same-site'
      if (isForeign || (isElsewhere && !isNavigation))
        return { status: 403, problem: 'This page may not call Pipewright.' }
      if (route.authentication === 'start-token') return null
      const refusal = authenticationOf(request)
      return refusal && fail(refusal)
    },
    redeem(token) {
      for (const [known, until] of tokens) {
        if (!equalSecrets(token, known)) continue
        tokens.delete(known)
        if (until >= Date.now()) return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`
      }
      fail({ status: 401, problem: '' })
      return null
    },
  }
}

const secret = (): string => randomBytes(32).toString('base64url')

function cookieIn(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const at = pair.indexOf('=')
    if (at !== -1 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return null
}

function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
