import { randomBytes } from 'node:crypto'
import type { DeploymentState } from '../../contract/deployment-info.ts'
import { oneAtATime } from '../../core/one-at-a-time.ts'
import { PipewrightError, reportOf, type ErrorReport } from '../../core/errors.ts'
import type { DeploymentRecord } from '../../storage/deployments.ts'
import { workspaceSecret } from '../../storage/workspace-secret.ts'
import type { LoadableVersion, ServerConfiguration } from '../server-protocol.ts'
import { onlyHere, type DeploymentParts } from './deployment-parts.ts'
import { mergeStatistics } from './merge-statistics.ts'
import {
  addressOf,
  canStandBeside,
  findPorts,
  isSameWish,
  listenWishOf,
  type ListenWish,
} from './open-listener.ts'
import { planDeployment, type DeploymentPlan } from './plan-deployment.ts'
import { openServerGroup, type ServerGroup } from './server-group.ts'
import { appendToServerLog, serverLogFile } from './server-log.ts'
import type { SupervisedState, Supervisor } from './supervisor.ts'
import { createStatisticsBook, type StatisticsBook } from './statistics-book.ts'
import { openVerifier } from './open-verifier.ts'

const graceMs = 5_000
/** Another program that ends makes these pass. */
const mayPass: ReadonlySet<string> = new Set(['deployment.port-taken', 'deployment.no-port'])
const retryMs = 2_000

export function superviseDeployment(
  name: string,
  parts: DeploymentParts & { isServing: () => boolean; onChange: () => void },
): Supervisor {
  const { workspace, spawnServer, reference, cores, isServing, onChange, onDefect } = parts
  const { deployments } = workspace.tracking
  const replayKey = randomBytes(32).toString('hex')
  const exclusively = oneAtATime()
  const closing = new AbortController()
  const verifier = openVerifier(name, { workspace, reference, replayKey, signal: closing.signal, onChange })
  let group: ServerGroup | null = null
  let listening: ListenWish | null = null
  let served: DeploymentPlan | null = null
  let wished: DeploymentPlan | null = null
  let book: StatisticsBook | null = null
  let traffic: Supervisor['traffic'] = null
  let exposure = onlyHere
  let isTied = false
  let revision = 0
  let underWay = 0
  let status: Pick<SupervisedState, 'state' | 'since' | 'error'> = {
    state: 'off',
    since: Date.now(),
    error: null,
  }
  /** Of the plan that cannot be served: it is not tried again before something changes, or may have passed. */
  let refusal: { key: string; error: ErrorReport; at: number } | null = null
  /** Why nothing can be said of what is to be served now, while it goes on as before. */
  let loss: ErrorReport | null = null

  const show = (state: DeploymentState, error: ErrorReport | null = null): void => {
    if (state !== status.state || error?.message !== status.error?.message)
      status = { state, since: state === status.state ? status.since : Date.now(), error }
    onChange()
  }
  const plan = (record: DeploymentRecord): DeploymentPlan => planDeployment(record, workspace)
  const isWanted = (record: DeploymentRecord): boolean =>
    !closing.signal.aborted && (isTied || (record.isOn && isServing()))
  const numbered = (configuration: DeploymentPlan['configuration']): ServerConfiguration => ({
    ...configuration,
    revision: ++revision,
  })
  const patience = (): number => (served?.configuration.timeoutMs ?? 0) + graceMs

  /** What the processes are up to, where nothing is being changed. */
  const reflect = (): void => {
    if (!group || status.state === 'starting' || status.state === 'verifying' || status.state === 'draining')
      return onChange()
    const ready = group.processes().filter((process) => process.state === 'ready').length
    const missing = wished?.versions.find(({ problem }) => problem)?.problem ?? null
    const error = group.problem ?? refusal?.error ?? loss ?? missing
    if (ready === 0) show(group.isFailing ? 'failed' : 'restarting', error)
    else show(error === null ? 'on' : 'degraded', error)
  }

  const verify = (versions: readonly LoadableVersion[]): Promise<void> =>
    verifier.verify(versions, {
      address: `http://${addressOf(exposure.host, group!.port)}`,
      token: exposure.token,
    })

  const open = async (next: DeploymentPlan, record: DeploymentRecord): Promise<void> => {
    let before = group
    const wish = listenWishOf(record, { exposure, cores })
    if (before && listening && !canStandBeside(listening, wish)) {
      await before.drain(patience())
      before = group = null
    }
    if (!before && refusal === null) show('starting')
    book ??= createStatisticsBook(Date.now())
    const others = deployments.list().filter((other) => other.name !== name)
    const kept = new Set(
      others.flatMap(({ port, grpcPort }) => [port, grpcPort].filter((each) => each !== null)),
    )
    const ports = await findPorts({ name, wish, own: before ? listening : null, kept })
    if (!before) show('starting')
    const configuration = numbered(next.configuration)
    const own = book
    const opened = await openServerGroup({
      spawn: spawnServer,
      start: { ...exposure, ...ports, secret: workspaceSecret(workspace.paths), replayKey },
      workers: freeNumbers(wish.workers, before?.workers ?? []),
      configuration,
      onStatistics: (process, statistics) => own.take(process, statistics),
      onEnd: (process) => own.end(process),
      statisticsOfAll: () => ({ workers: own.all(), gauges: parts.gauges?.(name) ?? [] }),
      onOutput: (text) => appendToServerLog(serverLogFile(workspace.paths, name), text),
      onChange: reflect,
    })
    group = opened
    listening = { ...wish, port: opened.port, grpcPort: opened.grpcPort }
    deployments.keepPorts({ name, port: opened.port, grpcPort: opened.grpcPort })
    if (before) await before.drain(patience())
    else {
      show('verifying')
      await verify(next.configuration.versions)
    }
    take(next)
  }

  /** A version that was not served before is loaded without traffic, verified, and only then answers. */
  const change = async (next: DeploymentPlan): Promise<void> => {
    const known = new Set(served!.configuration.versions.map(({ artifact }) => artifact))
    const added = next.configuration.versions.filter(({ artifact }) => !known.has(artifact))
    if (added.length > 0) {
      const before = served!.configuration
      const silent = added.map((version) => ({ ...version, role: 'live' as const, weight: 0 }))
      try {
        await group!.configure(numbered({ ...before, versions: [...before.versions, ...silent] }))
        await verify(added)
      } catch (error) {
        await group!.configure(numbered(before))
        throw error
      }
    }
    await group!.configure(numbered(next.configuration))
    if (added.length > 0 || next.configuration.versions.length < known.size) {
      const names = next.configuration.versions.map(({ model, version }) => `${model}:${version}`)
      deployments.note({ name, what: 'version-changed', note: names.join(', '), now: Date.now() })
    }
    take(next)
  }

  const take = (next: DeploymentPlan): void => {
    served = next
    refusal = null
    traffic = { since: Date.now(), before: book?.merged() ?? mergeStatistics([]) }
    const artifacts = next.configuration.versions.map(({ artifact }) => artifact)
    deployments.keepArtifacts(name, [
      ...artifacts,
      ...artifacts.flatMap((artifact) => verifier.tableOf(artifact) ?? []),
    ])
    status = { ...status, state: 'on', since: Date.now() }
    reflect()
  }

  const close = async (): Promise<void> => {
    if (group) {
      show('draining')
      await group.drain(patience())
    }
    group = listening = served = wished = book = traffic = refusal = loss = null
    if (!isTied) exposure = onlyHere
    show('off')
  }

  const isStillRefused = (key: string): boolean =>
    refusal?.key === key && !(mayPass.has(refusal.error.code) && Date.now() - refusal.at >= retryMs)

  const bringAbout = async (isAsked: boolean): Promise<void> => {
    const record = deployments.find(name)
    if (!record || !isWanted(record)) return close()
    const next = plan(record)
    wished = next
    loss = null
    if (isAsked) refusal = null
    // What has just failed fails again, unless somebody has done something about it.
    if (isStillRefused(next.key)) return
    try {
      if (!group || !served) await open(next, record)
      else if (!isSameWish(listening!, keptWish(listenWishOf(record, { exposure, cores }), listening!)))
        await open(next, record)
      else if (next.key !== served.key) await change(next)
      else {
        refusal = null
        reflect()
      }
    } catch (error) {
      refusal = { key: next.key, error: reportOf(error), at: Date.now() }
      throw error
    }
  }

  const fail = async (error: unknown): Promise<void> => {
    if (!(error instanceof PipewrightError)) onDefect(error, `the deployment “${name}”`)
    const report = reportOf(error)
    if (deployments.find(name) && !closing.signal.aborted && report.message !== status.error?.message)
      deployments.note({ name, what: 'failed', note: report.message, now: Date.now() })
    // What was served before goes on.
    if (served && group) return reflect()
    await group?.drain(graceMs)
    group = listening = served = null
    show('failed', report)
  }
  const settle = async ({ isAsked = false } = {}): Promise<void> => {
    underWay += 1
    await exclusively(() => bringAbout(isAsked).catch(fail))
    underWay -= 1
  }

  return {
    get now() {
      return {
        ...status,
        address: group && `http://${addressOf(exposure.host, group.port)}`,
        grpcAddress: group && group.grpcPort !== null ? addressOf(exposure.host, group.grpcPort) : null,
        exposure,
        isTied,
        wished,
        served,
        processes: group?.processes() ?? [],
        verifications: verifier.all,
      }
    },
    get book() {
      return book
    },
    get traffic() {
      return traffic
    },
    get token() {
      return exposure.token
    },
    tie(given) {
      isTied = true
      exposure = given
    },
    untie: () => void (isTied = false),
    expose: (given) => void (exposure = given),
    settle,
    verifyAgain: () =>
      exclusively(async () => {
        if (group && served) await verify(served.configuration.versions)
      }),
    check() {
      group?.check()
      const record = deployments.find(name)
      if (underWay > 0 || !record || !isWanted(record)) return
      try {
        const { key } = plan(record)
        const isSettled = key === served?.key ? refusal === null && loss === null : key === refusal?.key
        if (!isSettled || (refusal !== null && !isStillRefused(key))) void settle()
      } catch (error) {
        if (!(error instanceof PipewrightError)) throw error
        // An alias that means nothing any more changes nothing of what is served.
        if (!served || loss?.message === error.message) return
        loss = error.toReport()
        reflect()
      }
    },
    async end() {
      closing.abort()
      await settle()
    },
  }
}

/** No two live processes of a deployment have one number. */
function freeNumbers(count: number, taken: readonly number[]): number[] {
  const numbers: number[] = []
  for (let number = 0; numbers.length < count; number++) if (!taken.includes(number)) numbers.push(number)
  return numbers
}

/** Any port, where it has one, is the one it has. */
function keptWish(wish: ListenWish, now: ListenWish): ListenWish {
  return {
    ...wish,
    port: wish.port ?? now.port,
    grpcPort: wish.grpcPort === 0 ? now.grpcPort : wish.grpcPort,
  }
}
