import { setTimeout as delay } from 'node:timers/promises'
import { giveMemoryBack } from '../../engine/give-memory-back.ts'
import type { HostChannel } from '../../engine/host-channel.ts'
import { reportOf } from '../../core/errors.ts'
import { openFeedbackLog, type FeedbackLog } from '../log/feedback-log.ts'
import type { PredictionLog } from '../log/prediction-log.ts'
import { createPredictionIds } from '../prediction-id.ts'
import type {
  FromServer,
  ServerConfiguration,
  ServerStart,
  ServerStatistics,
  ToServer,
} from '../server-protocol.ts'
import { createShadowTraffic } from '../traffic/shadow-traffic.ts'
import { createModelServer, type ModelServer, type OnFailure } from './create-model-server.ts'
import { feedbackRoute } from './feedback-route.ts'
import { gatherStatistics, type GatheredStatistics } from './gather-statistics.ts'
import { healthRoutes } from './health-routes.ts'
import type { Protocol, ProtocolParts } from './model-route.ts'
import { createOpenVersions } from './open-versions.ts'
import { predictRoute } from './predict-route.ts'
import { createHandler } from './prediction-handler.ts'
import { createPredictionLogs, type PredictionLogs } from './prediction-logs.ts'
import { Predictions } from './predictions.ts'
import { createCounters } from './server-counters.ts'
import { createServerLog, type ServerLog } from './server-log.ts'
import { answerersOf, createServingState, type ServingState } from './serving-state.ts'

const statisticsMs = 1_000
const idlePollMs = 20

/** Something that answers beside HTTP: gRPC. */
export interface OtherServer {
  port: number
  /** Ends when what is under way is answered. */
  drain(): Promise<void>
}

/** What a server process is put together from. */
export interface ServerParts {
  channel: HostChannel
  protocols: readonly Protocol[]
  /** Null where nothing else is spoken. */
  openOther:
    | ((
        start: ServerStart & { grpcPort: number },
        parts: ProtocolParts & { onFailure: OnFailure },
      ) => Promise<OtherServer>)
    | null
  productVersion: string
  /** Where its log goes: a file descriptor, or a path. */
  logTo: number | string
  /** Ends the process. */
  exit(): void
}

/**
 * Makes this process one that answers for a deployment, until its host ends it. What it gives is for when the host is
 * gone: requests under way are still answered and logged.
 */
export function serveModels(parts: ServerParts): () => void {
  let serving: Promise<ServingProcess> | undefined
  const take = (message: Exclude<ToServer, { type: 'start' }>): void =>
    void serving?.then((process) => process.take(message))
  parts.channel.onMessage((received) => {
    const message = received as ToServer
    if (message.type === 'start') serving = ServingProcess.start(parts, message)
    else take(message)
  })
  return () => (serving ? take({ type: 'drain' }) : parts.exit())
}

class ServingProcess {
  readonly #parts: ServerParts
  readonly #start: ServerStart
  readonly #log: ServerLog
  readonly #logs: PredictionLogs
  readonly #counters
  readonly #predictions: Predictions
  readonly #versions = createOpenVersions()
  readonly #shadows
  readonly #server: ModelServer
  readonly #protocolParts: ProtocolParts
  readonly #gathering: GatheredStatistics
  #other: OtherServer | null = null
  #feedback: FeedbackLog | null = null
  #state: ServingState | null = null
  /** Configurations that were replaced, until their last request is answered. */
  #retired: ServingState[] = []
  #isDraining = false
  #work: Promise<void> = Promise.resolve()

  static async start(
    parts: ServerParts,
    { start, configuration }: Extract<ToServer, { type: 'start' }>,
  ): Promise<ServingProcess> {
    const process = new ServingProcess(parts, start, configuration.name)
    try {
      await process.#serve(configuration)
      await process.#listen()
    } catch (error) {
      process.#log.defect(error, 'starting')
      process.#tell({ type: 'failed', error: reportOf(error) })
      await process.#end()
    }
    return process
  }

  private constructor(parts: ServerParts, start: ServerStart, deployment: string) {
    const { worker } = start
    this.#parts = parts
    this.#start = start
    this.#log = createServerLog({ deployment, worker, logTo: parts.logTo })
    this.#logs = createPredictionLogs({
      worker,
      onError: (error) => this.#log.defect(error, 'writing the prediction log'),
    })
    this.#counters = createCounters(worker)
    this.#shadows = createShadowTraffic((key, problem) => this.#log.note('a shadow failed', { key, problem }))
    this.#predictions = new Predictions({
      counters: this.#counters,
      onDefect: (error) => this.#log.defect(error, 'predicting'),
    })
    this.#gathering = gatherStatistics({
      own: () => this.#statistics(),
      ask: (request) => this.#tell({ type: 'statistics-wanted', request }),
    })
    const state = (): ServingState | null => this.#state
    const handler = createHandler({
      predictions: this.#predictions,
      state,
      isDraining: () => this.#isDraining,
    })
    const { productVersion } = parts
    this.#protocolParts = { handler, productVersion, statistics: () => this.#gathering.all() }
    this.#server = createModelServer({
      routes: (ways) => [
        predictRoute({ predictions: this.#predictions, handler, state, replayKey: start.replayKey, ...ways }),
        feedbackRoute({ state, feedback: () => this.#feedback!, secret: start.secret }),
        ...healthRoutes({ handler, state, gathered: this.#gathering }),
        ...parts.protocols.flatMap((protocol) => protocol(this.#protocolParts)),
      ],
      onFailure: this.#failed,
    })
  }

  take(message: Exclude<ToServer, { type: 'start' }>): void {
    switch (message.type) {
      case 'configure':
        this.#work = this.#work.then(() => this.#configure(message.configuration))
        return
      case 'drain':
        this.#work = this.#work.then(() => this.#drain())
        return
      case 'statistics-of-all':
        this.#gathering.take(message)
        return
    }
  }

  async #listen(): Promise<void> {
    const port = await this.#server.listen(this.#start)
    const { grpcPort } = this.#start
    const { openOther } = this.#parts
    if (grpcPort !== null && openOther)
      this.#other = await openOther(
        { ...this.#start, grpcPort },
        { ...this.#protocolParts, onFailure: this.#failed },
      )
    giveMemoryBack()
    this.#tell({ type: 'listening', port, grpcPort: this.#other?.port ?? null })
    this.#log.note('listening', { port, grpcPort: this.#other?.port ?? null })
    setInterval(() => this.#tellStatistics(), statisticsMs).unref()
  }

  async #configure(configuration: ServerConfiguration): Promise<void> {
    const { revision } = configuration
    if (this.#isDraining) return
    try {
      await this.#serve(configuration)
      this.#tell({ type: 'configured', revision })
      this.#log.note('configured', { revision })
    } catch (error) {
      this.#tell({ type: 'refused', revision, error: reportOf(error) })
      this.#log.defect(error, 'configuring')
      await this.#endUnused()
    }
  }

  /** Requests that come from now on are answered by this configuration; those under way keep theirs. */
  async #serve(configuration: ServerConfiguration): Promise<void> {
    const earlier = this.#state
    const { worker, secret } = this.#start
    const loaded = await this.#versions.load(configuration)
    const counters = this.#counters
    const state = createServingState({
      configuration,
      loaded,
      counters,
      shadows: this.#shadows,
      log: this.#logFor(configuration),
      ids: createPredictionIds({ secret, deployment: configuration.deployment, worker }),
    })
    this.#feedback ??= openFeedbackLog({
      folder: configuration.log.folder,
      worker,
      onError: (error) => this.#log.defect(error, 'writing feedback'),
    })
    this.#shadows.use(
      state.versions
        .filter(({ role }) => role === 'shadow')
        .map(({ key, weight, loaded, counters: own }) => ({
          key,
          share: weight,
          loaded,
          statistics: counters.shadowOf(key),
          counters: own,
        })),
    )
    this.#state = state
    if (earlier)
      this.#retire(earlier).catch((error: unknown) => this.#log.defect(error, 'ending a configuration'))
  }

  /** The log of the configuration before, where nothing about it has changed. */
  #logFor({ log }: ServerConfiguration): PredictionLog {
    const earlier = this.#state
    const isSame =
      earlier?.configuration.log.folder === log.folder && earlier.configuration.log.share === log.share
    if (earlier && isSame) return earlier.log
    return this.#logs.open(log)
  }

  async #retire(state: ServingState): Promise<void> {
    this.#retired.push(state)
    await untilIdle(() => state.using === 0)
    this.#retired = this.#retired.filter((each) => each !== state)
    // In turn with configurations: one that is just being loaded may need the same models.
    const forgotten = this.#work.then(() => this.#forget(state))
    this.#work = forgotten.catch(() => {})
    await forgotten
  }

  async #forget(state: ServingState): Promise<void> {
    const isWritten = [this.#state!, ...this.#retired].some(({ log }) => log === state.log)
    if (isWritten) await state.log.end(answerersOf(state))
    else await this.#logs.close(state.log)
    await this.#endUnused()
  }

  /** Ends models that no configuration needs any more. */
  async #endUnused(): Promise<void> {
    const needed = [this.#state!, ...this.#retired]
    await this.#versions.keep(needed.map(({ configuration }) => configuration))
  }

  async #drain(): Promise<void> {
    if (this.#isDraining) return
    this.#isDraining = true
    this.#log.note('draining')
    const mostMs = this.#state!.configuration.timeoutMs
    const others = Promise.race([this.#other?.drain(), delay(mostMs, undefined, { ref: false })])
    await Promise.all([this.#server.drain(mostMs), others])
    await untilIdle(() => this.#predictions.depth === 0)
    await this.#end()
  }

  async #end(): Promise<void> {
    await Promise.all([this.#logs.closeAll(), this.#feedback?.close(), this.#shadows.close()])
    if (this.#isDraining) {
      this.#tellStatistics()
      this.#tell({ type: 'drained' })
    }
    await this.#log.flush()
    this.#parts.exit()
  }

  readonly #failed: OnFailure = (failure) => {
    this.#counters.countError(failure.report.code)
    this.#log.failure(failure)
  }

  #statistics(): ServerStatistics {
    const log = this.#logs.statistics()
    return this.#counters.statistics({ queueDepth: this.#predictions.depth, log })
  }

  #tellStatistics(): void {
    this.#tell({ type: 'statistics', statistics: this.#statistics() })
  }

  #tell(message: FromServer): void {
    this.#parts.channel.send(message)
  }
}

async function untilIdle(isIdle: () => boolean): Promise<void> {
  while (!isIdle()) await delay(idlePollMs)
}
