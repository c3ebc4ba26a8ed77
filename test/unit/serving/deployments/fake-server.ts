import { createServer, type Server } from 'node:http'
import type { SpawnWorker, WorkerExit } from '../../../../src/engine/worker-process.ts'
import type {
  FromServer,
  ServerConfiguration,
  ServerStart,
  ServerStatistics,
  ToServer,
} from '../../../../src/serving/server-protocol.ts'

/** What the processes of a test do, and what they were told. A double: it speaks the protocol, in this process. */
export class FakeServers {
  readonly running = new Set<FakeServer>()
  readonly started: ServerStart[] = []
  readonly configured: ServerConfiguration[] = []
  /** Gives the answer of one row, by the version that is to answer. */
  answer: (row: Record<string, unknown>, version: string) => unknown = () => ({ prediction: 'Yes' })
  /** Why a configuration is refused; null where it is not. */
  refuses: (configuration: ServerConfiguration) => string | null = () => null
  /** New processes end at once. */
  endsAtStart = false

  readonly spawn: SpawnWorker = () => new FakeServer(this).process
}

class FakeServer {
  readonly #servers: FakeServers
  readonly #toHost: ((message: unknown) => void)[] = []
  readonly #onExit: ((exit: WorkerExit) => void)[] = []
  #http: Server | null = null
  #start: ServerStart | null = null
  configuration: ServerConfiguration | null = null
  requests = 0

  constructor(servers: FakeServers) {
    this.#servers = servers
    servers.running.add(this)
    if (servers.endsAtStart) setImmediate(() => this.end({ code: 1, signal: null }))
  }

  get process(): ReturnType<SpawnWorker> {
    return {
      onStart: (listener) => listener(1),
      send: (message) => void setImmediate(() => this.#take(message as ToServer)),
      onMessage: (listener) => void this.#toHost.push(listener),
      onOutput: () => {},
      onExit: (listener) => void this.#onExit.push(listener),
      kill: () => this.end({ code: null, signal: 'SIGKILL' }),
    }
  }

  get worker(): number {
    return this.#start!.worker
  }

  end(exit: WorkerExit): void {
    if (!this.#servers.running.delete(this)) return
    this.#http?.close()
    this.#http?.closeAllConnections()
    for (const listener of this.#onExit) listener(exit)
  }

  tell(statistics: Partial<ServerStatistics>): void {
    this.#tell({ type: 'statistics', statistics: { ...noStatistics(this.worker), ...statistics } })
  }

  #tell(message: FromServer): void {
    for (const listener of this.#toHost) listener(message)
  }

  #take(message: ToServer): void {
    if (!this.#servers.running.has(this)) return
    switch (message.type) {
      case 'start':
        this.#start = message.start
        this.#servers.started.push(message.start)
        if (!this.#configure(message.configuration)) return this.end({ code: 1, signal: null })
        this.#listen(message.start)
        return
      case 'configure':
        this.#configure(message.configuration)
        return
      case 'drain':
        this.#tell({ type: 'drained' })
        this.end({ code: 0, signal: null })
        return
      case 'statistics-of-all':
        return
    }
  }

  #configure(configuration: ServerConfiguration): boolean {
    const { revision } = configuration
    const message = this.#servers.refuses(configuration)
    if (message !== null) {
      const error = { code: 'fake', kind: 'user', message, remedy: '', values: {} } as const
      this.#tell({ type: 'refused', revision, error })
      return false
    }
    this.configuration = configuration
    this.#servers.configured.push(configuration)
    this.#tell({ type: 'configured', revision })
    return true
  }

  #listen({ host, port, grpcPort, replayKey }: ServerStart): void {
    const http = createServer((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece: Buffer) => pieces.push(piece))
      request.on('end', () => {
        this.requests += 1
        const body = JSON.parse(Buffer.concat(pieces).toString('utf8')) as {
          rows?: Record<string, unknown>[]
        }
        const [key, version = 'live'] = String(request.headers['x-pipewright-replay'] ?? '').split(' ')
        const isReplay = key === replayKey
        const answer = (row: Record<string, unknown>): object => ({
          predictionId: isReplay ? '' : 'id',
          ...(this.#servers.answer(row, isReplay ? version : 'live') as object),
        })
        const model = { model: 'churn', version: 1 }
        response.end(
          JSON.stringify(
            body.rows ? { ...model, predictions: body.rows.map(answer) } : { ...model, ...answer(body) },
          ),
        )
      })
    })
    this.#http = http
    http.listen({ host, port, reusePort: process.platform === 'linux' }, () =>
      this.#tell({ type: 'listening', port, grpcPort }),
    )
  }
}

export const noStatistics = (worker: number): ServerStatistics => ({
  worker,
  at: Date.now(),
  queueDepth: 0,
  residentBytes: 0,
  cpuSeconds: 0,
  versions: {},
  errors: {},
  batches: { counts: [], sum: 0 },
  shadow: {},
  log: { records: 0, bytes: 0, dropped: 0 },
})
