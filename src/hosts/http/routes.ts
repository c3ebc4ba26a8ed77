const kilobyte = 1024
const gigabyte = 1024 ** 3

/** What a server of Pipewright answers, and to whom. */
export interface Route {
  name: 'start' | 'socket' | 'upload' | 'download' | 'page' | 'file'
  method: 'GET' | 'POST'
  /** As Fastify writes it. */
  url: string
  /** The app itself; the tracking and model planes have servers of their own. */
  plane: 'app'
  /** What a caller must show. `start-token`: the one-time token in the address; `session`: the cookie it is swapped for. */
  authentication: 'start-token' | 'session'
  /** Whether a browser must say from which page it calls. */
  origin: 'required' | 'checked-if-given'
  /** Content type of the body; null where there is none. */
  accepts: 'application/octet-stream' | null
  /** Of the body; of one message for the socket. */
  mostBytes: number
  /** At a time; more are answered with 503. */
  mostAtOnce: number
}

/** Every route of the app's server. */
export const routes: readonly Route[] = [
  {
    name: 'start',
    method: 'GET',
    url: '/start',
    plane: 'app',
    authentication: 'start-token',
    origin: 'checked-if-given',
    accepts: null,
    mostBytes: 0,
    mostAtOnce: 8,
  },
  {
    name: 'socket',
    method: 'GET',
    url: '/api/socket',
    plane: 'app',
    authentication: 'session',
    origin: 'required',
    accepts: null,
    mostBytes: 64 * 1024 * kilobyte,
    mostAtOnce: 32,
  },
  {
    name: 'upload',
    method: 'POST',
    url: '/api/upload',
    plane: 'app',
    authentication: 'session',
    origin: 'required',
    accepts: 'application/octet-stream',
    mostBytes: 16 * gigabyte,
    mostAtOnce: 4,
  },
  {
    name: 'download',
    method: 'GET',
    url: '/api/download/:file',
    plane: 'app',
    authentication: 'session',
    origin: 'checked-if-given',
    accepts: null,
    mostBytes: 0,
    mostAtOnce: 4,
  },
  {
    name: 'page',
    method: 'GET',
    url: '/',
    plane: 'app',
    authentication: 'session',
    origin: 'checked-if-given',
    accepts: null,
    mostBytes: 0,
    mostAtOnce: 64,
  },
  {
    name: 'file',
    method: 'GET',
    url: '/*',
    plane: 'app',
    authentication: 'session',
    origin: 'checked-if-given',
    accepts: null,
    mostBytes: 0,
    mostAtOnce: 256,
  },
]
