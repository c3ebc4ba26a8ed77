import { parentPort, workerData } from 'node:worker_threads'
import { openTracking } from '../../storage/open-tracking.ts'
import { createDeploymentWatch, type DeploymentWatch } from './deployment-watch.ts'
import { lookAtColumn, lookAtRows, reportWindow, type Looking } from './look-into-window.ts'
import type {
  FromWatch,
  ToWatch,
  WatchCalls,
  WatchedDeployment,
  WatchMethod,
  WatchSetup,
} from './watch-messages.ts'
import { createYardsticks, factsOf } from './yardsticks.ts'

const setup = workerData as WatchSetup
/** The host alone writes. */
const tracking = openTracking({ file: setup.tracking, readonly: true })
const yardsticks = createYardsticks()
const parts = { records: tracking.monitors, yardsticks, secret: setup.secret }
const watches = new Map<number, DeploymentWatch>()

const watchOf = (deployment: WatchedDeployment): DeploymentWatch => {
  const known = watches.get(deployment.number)
  if (known) return known
  const made = createDeploymentWatch(deployment, parts)
  watches.set(deployment.number, made)
  return made
}
const looking = (deployment: WatchedDeployment): Looking => ({
  files: watchOf(deployment).files,
  records: tracking.monitors,
  yardsticks,
})

const calls: {
  [Method in WatchMethod]: (
    request: Parameters<WatchCalls[Method]>[0],
  ) => Promise<ReturnType<WatchCalls[Method]>>
} = {
  measure: (request) => watchOf(request.deployment).measure(request),
  async forget({ number }) {
    watches.delete(number)
    return null
  },
  async reference({ deployment, artifact }) {
    const yardstick = await yardsticks.of(artifact, deployment)
    return yardstick && factsOf(yardstick, deployment.spec)
  },
  column: (request) => lookAtColumn(request, looking(request.deployment)),
  rows: (request) => lookAtRows(request, looking(request.deployment)),
  report: (request) => reportWindow(request, looking(request.deployment)),
}

/** One after the other: each goes on from where the one before has come to. */
let last: Promise<void> = Promise.resolve()

const answer = async (before: Promise<void>, { id, method, request }: ToWatch): Promise<void> => {
  await before
  const tell = (message: FromWatch): void => parentPort!.postMessage(message, [])
  try {
    const call = calls[method] as (request: unknown) => Promise<unknown>
    tell({ id, value: await call(request) })
  } catch (error) {
    tell({ id, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

parentPort!.on('message', (message: ToWatch) => {
  last = answer(last, message)
})
