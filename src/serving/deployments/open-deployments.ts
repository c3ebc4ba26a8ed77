import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeploymentEvent } from '../../contract/deployments-contract.ts'
import type { DeploymentInfo } from '../../contract/deployment-info.ts'
import type { StatisticsPoint } from '../../contract/deployment-statistics.ts'
import type { DeploymentSpec } from '../../core/deployment.ts'
import { createFanOut } from '../../engine/fan-out.ts'
import type { DeploymentRecord } from '../../storage/deployments.ts'
import { deploymentLogFolder } from '../../storage/workspace-paths.ts'
import { createFeedbackRetention } from '../log/keep-feedback.ts'
import { keepLog } from '../log/keep-log.ts'
import { onlyHere, type DeploymentParts, type Exposure } from './deployment-parts.ts'
import { describeDeployment } from './describe-deployment.ts'
import { deploymentError } from './errors.ts'
import { planDeployment } from './plan-deployment.ts'
import { superviseDeployment } from './supervise-deployment.ts'
import type { Supervisor } from './supervisor.ts'
import { canaryOf, type CanaryState } from './watch-canary.ts'

/** The endpoints of a workspace: what is wished for, and its bringing about. */
export interface Deployments {
  list(): DeploymentInfo[]
  describe(name: string): DeploymentInfo
  /** What brings it about; throws for a name that there is not. */
  supervisor(name: string): Supervisor
  /** Of the last ten minutes, the oldest first. */
  points(name: string): readonly StatisticsPoint[]
  apply(request: {
    spec: DeploymentSpec
    basedOn?: number | null
    madeBy?: DeploymentRecord['madeBy']
    /** Absent: as it is, and off at first. */
    isOn?: boolean
  }): { deployment: DeploymentInfo; changed: boolean }
  switchOn(request: { name: string; exposure?: Exposure | null }): { isStarted: boolean }
  /**
   * Applies and runs it, switched on or not, until what this gives back is called. Throws, with nothing changed, where it
   * cannot go ahead; one that does not come to answer is left as it was before.
   */
  tie(request: { spec: DeploymentSpec; exposure?: Exposure | null }): () => Promise<void>
  switchOff(name: string): Promise<void>
  remove(name: string): Promise<void>
  verify(name: string): Promise<void>
  /** How its canary does; null without one. */
  canary(name: string): CanaryState | null
  /** Starts what is switched on, now and from now on. */
  resume(): void
  follow(signal?: AbortSignal): AsyncGenerator<DeploymentEvent, void, undefined>
  /** Lets all of them answer what they have accepted, and end. What is switched on stays so. */
  close(): Promise<void>
}

const tickMs = 1_000
const keptPoints = 600
const retentionTicks = 60

export function openDeployments(
  parts: DeploymentParts & { onState: (deployment: DeploymentInfo) => void },
): Deployments {
  const { workspace, onDefect } = parts
  const { tracking, paths } = workspace
  const fan = createFanOut<DeploymentEvent>()
  const supervisors = new Map<string, Supervisor>()
  const points = new Map<string, StatisticsPoint[]>()
  const told = new Map<string, DeploymentInfo['state']>()
  const wishes = new Map<string, string>()
  const starts = new Set<Promise<void>>()
  let isServing = false
  let ticks = 0

  const describe = (name: string): DeploymentInfo =>
    describeDeployment(tracking.deployments.get(name), { now: supervisors.get(name)?.now ?? null, tracking })
  const supervisor = (name: string): Supervisor => {
    tracking.deployments.get(name)
    const known = supervisors.get(name)
    if (known) return known
    const made = superviseDeployment(name, {
      ...parts,
      isServing: () => isServing,
      onChange: () => tellState(name),
    })
    supervisors.set(name, made)
    return made
  }
  const tellState = (name: string): void => {
    if (!tracking.deployments.find(name)) return
    const deployment = describe(name)
    fan.tell({ event: 'state', deployment })
    if (told.get(name) === deployment.state) return
    told.set(name, deployment.state)
    parts.onState(deployment)
  }
  const exposed = (exposure: Exposure | null | undefined): Exposure => {
    const { host, token } = exposure ?? onlyHere
    if (!isLoopback(host) && token === null) throw deploymentError('exposed-without-token', { host })
    return exposure ?? onlyHere
  }

  /** A run may wish for something, too: what is stored counts. */
  const seeWishes = (): void => {
    for (const { name, revision, isOn } of tracking.deployments.list()) {
      const wish = wishOf({ revision, isOn })
      if (wishes.get(name) === wish) continue
      wishes.set(name, wish)
      tellState(name)
      void supervisor(name).settle()
    }
  }
  /** Of a start that came to nothing: nobody finds settings that he was refused, unless somebody changed them since. */
  const takeBack = async (
    own: Supervisor,
    { before, applied }: { before: DeploymentRecord | null; applied: DeploymentRecord },
  ): Promise<void> => {
    const { name } = applied
    const { served, error } = own.now
    const stored = tracking.deployments.find(name)
    if (served || !stored || wishOf(stored) !== wishOf(applied)) return
    if (!before && error && leavesEvidence.has(error.code)) return
    own.untie()
    if (!before) return deployments.remove(name)
    const note = 'as before, since it did not come to answer'
    tracking.deployments.restore({ before, note, now: Date.now() })
    seeWishes()
  }
  const tick = (): void => {
    ticks += 1
    seeWishes()
    for (const [name, each] of supervisors) {
      each.check()
      if (!each.book) continue
      rollBack(name, each)
      const point = each.book.point(Date.now())
      const known = points.get(name) ?? []
      points.set(name, known)
      known.push(point)
      if (known.length > keptPoints) known.shift()
      fan.tell({ event: 'statistics', name, point, totals: each.book.totals() })
    }
    if (ticks % retentionTicks === 1) void retain().catch((error: unknown) => onDefect(error, 'old logs'))
  }
  const watchedCanary = (name: string) =>
    canaryOf(tracking.deployments.get(name), supervisor(name), tracking.deployments.history(name))
  /** A canary that does worse is out of the traffic until the spec is changed. */
  const rollBack = (name: string, own: Supervisor): void => {
    if (!own.now.wished?.versions.some(({ role, isRolledBack }) => role === 'canary' && !isRolledBack)) return
    const canary = watchedCanary(name)
    if (canary?.state !== 'watched' || canary.reason === null) return
    const { artifact, model, version, reason } = canary
    const note = `${model}:${version}: ${reason}`
    tracking.deployments.rollBack({ name, artifact, note, now: Date.now() })
    void own.settle()
  }
  const feedbackRetention = createFeedbackRetention()
  const retain = async (): Promise<void> => {
    for (const { name, spec } of tracking.deployments.list()) {
      const { keepDays, keepMb } = spec.log
      const folder = deploymentLogFolder(paths, name)
      await keepLog({ folder, kind: 'predictions', keepDays, keepMb, now: Date.now() })
      await feedbackRetention.retire({ folder, keepDays, now: Date.now() })
    }
  }

  const deployments: Deployments = {
    list: () => tracking.deployments.list().map(({ name }) => describe(name)),
    describe,
    supervisor,
    points: (name) => points.get(name) ?? [],
    apply({ spec, basedOn = null, madeBy = null, isOn }) {
      const { name } = spec
      const before = tracking.deployments.find(name)
      if (basedOn !== null && before?.revision !== basedOn)
        throw deploymentError('changed-meanwhile', { name })
      const now = Date.now()
      const changed = tracking.transaction(() => {
        const applied = tracking.deployments.apply({ spec, madeBy, now })
        if (isOn === undefined || applied.deployment.isOn === isOn) return applied.changed
        tracking.deployments.switch({ name, isOn, now })
        return true
      })
      if (changed) seeWishes()
      return { deployment: describe(name), changed }
    },
    switchOn({ name, exposure }) {
      const own = supervisor(name)
      own.expose(exposed(exposure))
      tracking.deployments.switch({ name, isOn: true, now: Date.now() })
      tellState(name)
      void own.settle({ isAsked: true })
      return { isStarted: isServing }
    },
    tie({ spec, exposure }) {
      const { name } = spec
      const now = supervisors.get(name)?.now
      if (now && (now.isTied || now.state !== 'off')) throw deploymentError('on-already', { name })
      const reached = exposed(exposure)
      const before = tracking.deployments.find(name)
      planDeployment({ name, number: before?.number ?? 0, spec, rolledBack: [] }, workspace)
      const { deployment: applied, changed } = tracking.deployments.apply({
        spec,
        madeBy: null,
        now: Date.now(),
      })
      wishes.set(name, wishOf(applied))
      const own = supervisor(name)
      own.tie(reached)
      tellState(name)
      const start = own
        .settle({ isAsked: true })
        .then(() => (changed ? takeBack(own, { before, applied }) : undefined))
        .catch((error: unknown) => onDefect(error, `the start of “${name}”`))
        .finally(() => starts.delete(start))
      starts.add(start)
      return () => {
        own.untie()
        return own.settle()
      }
    },
    async switchOff(name) {
      const own = supervisor(name)
      tracking.deployments.switch({ name, isOn: false, now: Date.now() })
      own.untie()
      await own.settle()
      tellState(name)
    },
    async remove(name) {
      await deployments.switchOff(name)
      tracking.deployments.remove(name)
      supervisors.delete(name)
      wishes.delete(name)
      points.delete(name)
      told.delete(name)
      await rm(join(paths.deployments, name), { recursive: true, force: true })
      fan.tell({ event: 'removed', name })
    },
    verify: (name) => supervisor(name).verifyAgain(),
    canary(name) {
      const watched = watchedCanary(name)
      if (!watched) return null
      const { artifact: _, ...canary } = watched
      return canary
    },
    resume() {
      isServing = true
      wishes.clear()
      seeWishes()
    },
    follow: (signal) => fan.follow(signal),
    async close() {
      clearInterval(timer)
      await Promise.all([...supervisors.values()].map((each) => each.end()))
      await Promise.all(starts)
    },
  }
  const timer = setInterval(() => {
    try {
      tick()
    } catch (error) {
      // One that cannot be read must not end the host of all the others.
      onDefect(error, 'looking after deployments')
    }
  }, tickMs).unref()
  return deployments
}

const wishOf = ({ revision, isOn }: Pick<DeploymentRecord, 'revision' | 'isOn'>): string =>
  `${revision} ${isOn}`

/** What is kept with a deployment, its log or its report, says what was wrong. */
const leavesEvidence: ReadonlySet<string> = new Set([
  'deployment.not-started',
  'deployment.too-slow-to-start',
  'deployment.answers-differ',
  'deployment.replay-failed',
])

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
