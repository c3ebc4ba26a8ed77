import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { MonitorOverview, MonitorReference } from '../../contract/monitoring-contract.ts'
import type { SampledModel } from '../../contract/model-sample.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import { defaultMonitor, type MonitorPoint, type MonitorSpec } from '../../core/monitor.ts'
import { labelMetrics } from '../../core/monitor-metrics.ts'
import { createFanOut } from '../../engine/fan-out.ts'
import type { Deployments } from '../../serving/deployments/open-deployments.ts'
import type { Workspace } from '../../storage/open-workspace.ts'
import type { WindowRecord } from '../../storage/monitors.ts'
import { deploymentLogFolder } from '../../storage/workspace-paths.ts'
import { workspaceSecret } from '../../storage/workspace-secret.ts'
import { checkMonitor } from './check-monitor.ts'
import { describeMonitor } from './describe-monitor.ts'
import { monitorError } from './errors.ts'
import type { MeasuredPoints, Monitors, WindowKey } from './monitors.ts'
import { openWatch } from './open-watch.ts'
import { bytesOfFeedback, createDueBook } from './due.ts'
import { createQueues } from './queues.ts'
import { monitorGauges } from './monitor-gauges.ts'
import { createMinuteCounter } from './count-minutes.ts'
import { forgetOldPoints } from './forget-old-points.ts'
import { describeReference } from './describe-reference.ts'
import { createModelSamples, reasonsWithoutSample } from './sample-models.ts'
import { storeReport } from './store-report.ts'
import type { Measured, WatchedDeployment } from './watch-messages.ts'

const tickMs = 5_000
/** Those that are off get labels alone, and are looked at less often. */
const idleTicks = 12
const retentionTicks = 720
/** How long an answer may take into its file: 100 ms of gathering, and the writing. */
const writingMs = 500
const shownWindows = 200
const newestMs = 30 * 86_400_000

export interface MonitorParts {
  workspace: Workspace
  deployments: Pick<Deployments, 'list' | 'describe' | 'supervisor'>
  /** Writes a sample of the rows that a model learned from into a file. */
  sample: (request: { artifact: string; file: string }) => Promise<SampledModel>
  onDefect: (error: unknown, during: string) => void
}

/** Measures the endpoints of a workspace in windows over what they answered. */
export function openMonitors({ workspace, deployments, sample, onDefect }: MonitorParts): Monitors {
  const { tracking, paths } = workspace
  const records = tracking.monitors
  const watch = openWatch(() => ({ tracking: paths.tracking, secret: workspaceSecret(paths) }))
  const samples = createModelSamples(join(paths.root, 'monitoring'), sample)
  const fan = createFanOut<MeasuredPoints>()
  const listeners = new Set<(measured: MeasuredPoints) => void>()
  const queues = createQueues()
  const open = new Map<number, Measured['open']>()
  const measuredAt = new Map<number, number>()
  const due = createDueBook()
  let timer: NodeJS.Timeout | null = null
  let ticks = 0
  let isClosed = false

  const numberOf = (name: string): number => tracking.deployments.get(name).number
  const specOf = (name: string): { spec: MonitorSpec; isOwn: boolean } => {
    const own = records.spec(tracking.deployments.get(name).name)
    return { spec: own ?? defaultMonitor, isOwn: own !== null }
  }
  const watched = (name: string): WatchedDeployment => ({
    number: numberOf(name),
    folder: deploymentLogFolder(paths, name),
    spec: specOf(name).spec,
    samples: samples.folder,
    without: samples.without,
  })
  const tell = (measured: MeasuredPoints): void => {
    if (measured.points.length === 0) return
    fan.tell(measured)
    for (const listener of listeners) {
      try {
        listener(measured)
      } catch (error) {
        // What is stored is stored, whatever somebody makes of it.
        onDefect(error, `what was measured of “${measured.name}”`)
      }
    }
  }

  const minutes = createMinuteCounter({
    processesOf: (name) => deployments.supervisor(name).book?.all() ?? null,
    onPoints(name, points) {
      tracking.note(() => records.keepPoints(numberOf(name), points))
      tell({ name, points })
    },
  })

  const measure = async (name: string, until: number): Promise<{ windows: number; relabelled: number }> => {
    const sums = { windows: 0, relabelled: 0 }
    for (;;) {
      if (isClosed || !tracking.deployments.find(name)) return sums
      const deployment = watched(name)
      const outcome = await watch.call('measure', { deployment, until })
      if (isClosed || tracking.deployments.find(name)?.number !== deployment.number) return sums
      const points = await keep(deployment.number, outcome)
      sums.windows += outcome.closed.length
      sums.relabelled += outcome.relabelled.length
      tell({ name, points })
      if (outcome.wanted.length > 0) await samples.make(outcome.wanted)
      else if (!outcome.isMore) return sums
    }
  }
  const keep = async (number: number, outcome: Measured): Promise<MonitorPoint[]> => {
    const measured = [...outcome.closed, ...outcome.relabelled]
    const points = measured.flatMap((each) => each.points)
    try {
      tracking.note(() => {
        for (const { window } of measured) records.keepWindow(number, window)
        for (const { window } of outcome.relabelled) records.dropPoints(number, window, labelMetrics)
        records.keepPoints(number, points)
        for (const [version, position] of outcome.cursors) records.keepCursor(number, version, position)
      })
    } catch (error) {
      await watch.call('forget', { number })
      throw error
    }
    open.set(number, outcome.open)
    measuredAt.set(number, Date.now())
    return points
  }
  const hasLog = (name: string): boolean => existsSync(deploymentLogFolder(paths, name))

  const measureIfDue = async (name: string): Promise<void> => {
    const { number, folder, spec } = watched(name)
    const now = {
      at: Date.now() - writingMs,
      answered: deployments.supervisor(name).book?.totals().rows ?? null,
      said: await bytesOfFeedback(folder),
    }
    if (due.isDue(name, now, { spec, open: open.get(number) ?? [] })) await measure(name, now.at)
  }

  const onRetention = (error: unknown): void => onDefect(error, 'old samples')
  const tick = (): void => {
    ticks += 1
    for (const { name, state } of deployments.list()) {
      if (!specOf(name).spec.isOn) continue
      minutes.count(name)
      if (queues.isBusy(name) || !hasLog(name)) continue
      if (state === 'off' && ticks % idleTicks !== 1) continue
      queues
        .add(name, () => measureIfDue(name))
        .catch((error: unknown) => {
          if (!isClosed && tracking.deployments.find(name)) onDefect(error, `the monitor of “${name}”`)
        })
    }
    if (ticks % retentionTicks !== 1) return
    forgetOldPoints(tracking, Date.now())
    samples.forget((artifact) => tracking.artifacts.get(artifact) !== null).catch(onRetention)
  }
  /** `MODEL:VERSION` of that with the most traffic, and its artifact. */
  const mainVersion = (name: string): { version: string; artifact: string } | null => {
    const [first] = deployments
      .describe(name)
      .versions.filter(({ role, weight }) => role === 'live' && weight > 0)
      .toSorted((a, b) => b.weight - a.weight)
    return first && first.model !== null && first.artifact !== null
      ? { version: `${first.model}:${first.version}`, artifact: first.artifact }
      : null
  }
  const describe = (name: string): MonitorOverview => {
    const { number, spec } = tracking.deployments.get(name)
    const main = mainVersion(name)
    const window = records.windows(number, shownWindows).find(({ version }) => version === main?.version)
    const missing = main && samples.without[main.artifact]
    return describeMonitor({
      name,
      spec: specOf(name).spec,
      isLogged: spec.log.share > 0,
      newest: newestOf(number),
      window: window ? shownWindow(window) : null,
      openRows: open.get(number)?.find(({ version }) => version === main?.version)?.rows ?? 0,
      measuredAt: measuredAt.get(number) ?? window?.to ?? null,
      withoutReference: missing ? reasonsWithoutSample[missing.reason] : null,
    })
  }
  /** Of series that somebody may still ask for: those of versions that ended long ago are not among them. */
  const newestOf = (number: number): MonitorPoint[] => records.newest(number, Date.now() - newestMs)
  const windowOf = ({ name, version, from }: WindowKey): WindowRecord => {
    const found = records.window(numberOf(name), { version, from })
    if (!found) throw monitorError('unknown-window', { name, version })
    return found
  }

  return {
    resume() {
      if (timer || isClosed) return
      timer = setInterval(() => {
        try {
          tick()
        } catch (error) {
          onDefect(error, 'monitors')
        }
      }, tickMs).unref()
    },
    async settle(name) {
      const until = Date.now()
      if (!specOf(name).spec.isOn || !hasLog(name)) return { windows: 0, relabelled: 0 }
      // What is answered at this very moment is on its way into the log.
      if (deployments.supervisor(name).book) await sleep(writingMs)
      return queues.add(name, () => measure(name, until))
    },
    spec: specOf,
    async apply(name, spec) {
      const before = specOf(name)
      if (spec) {
        const artifact = mainVersion(name)?.artifact
        const isThere = artifact !== undefined && tracking.artifacts.get(artifact) !== null
        checkMonitor(name, spec, isThere ? (await workspace.artifacts.read('model', artifact)).data : null)
      }
      const isOwn = spec !== null
      const after = spec ?? defaultMonitor
      const changed = isOwn !== before.isOwn || canonicalJson(after) !== canonicalJson(before.spec)
      if (changed) records.keepSpec(name, spec, Date.now())
      return { spec: after, changed }
    },
    overview: () => deployments.list().map(({ name }) => describe(name)),
    describe,
    references(name) {
      const deployment = watched(name)
      const versions = deployments.describe(name).versions.filter(({ artifact }) => artifact !== null)
      return Promise.all(
        versions.map(async ({ model, version, role, artifact }): Promise<MonitorReference> => {
          const asked = { deployment, artifact: artifact! }
          let facts = await watch.call('reference', asked)
          if (!facts && !samples.without[artifact!]) {
            await samples.make([artifact!])
            facts = await watch.call('reference', asked)
          }
          const missing = samples.without[artifact!]
          return describeReference(
            { version: `${model}:${version}`, role },
            facts ?? (missing ? { reason: reasonsWithoutSample[missing.reason] } : null),
          )
        }),
      )
    },
    series(name, { limit = 2_000, ...filter }) {
      const newestFirst = records.points(numberOf(name), { ...filter, limit: limit + 1 })
      return { points: newestFirst.slice(0, limit).toReversed(), isCut: newestFirst.length > limit }
    },
    windows: (name) => records.windows(numberOf(name), shownWindows).map(shownWindow),
    segments: (name) => records.segments(numberOf(name)),
    window(key) {
      const { version, from } = key
      const near = { version, from, to: from, limit: 100_000 }
      const points = records.points(numberOf(key.name), near).filter((point) => point.from === from)
      return { window: shownWindow(windowOf(key)), points }
    },
    column({ name, ...request }) {
      windowOf({ name, ...request })
      return watch.call('column', { deployment: watched(name), ...request })
    },
    async rows({ name, ...request }) {
      windowOf({ name, ...request })
      const found = await watch.call('rows', { deployment: watched(name), ...request })
      return found ?? { records: [], rows: 0, next: null }
    },
    async report({ name, version, from }) {
      windowOf({ name, version, from })
      const report = await watch.call('report', { deployment: watched(name), version, from })
      if (!report)
        throw monitorError('no-report', {
          reason: 'its rows are no longer in the log, or its model has no rows to compare with.',
        })
      return { artifact: await storeReport(workspace, report), report }
    },
    gauges(name) {
      const number = tracking.deployments.find(name)?.number
      return number === undefined ? [] : monitorGauges(name, newestOf(number))
    },
    onPoints(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    follow: (signal) => fan.follow(signal),
    async close() {
      isClosed = true
      if (timer) clearInterval(timer)
      await watch.close()
      await Promise.allSettled(queues.all)
    },
  }
}

const shownWindow = ({ version, from, to, rows, labelled }: WindowRecord) => ({
  version,
  from,
  to,
  rows,
  labelled,
})
