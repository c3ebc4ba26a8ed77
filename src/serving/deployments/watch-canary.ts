import type { TrafficResults } from '../../contract/deployment-traffic.ts'
import type { DeploymentSpec } from '../../core/deployment.ts'
import type { DeploymentRecord } from '../../storage/deployments.ts'
import { latencyBounds, type ServerStatistics, type VersionStatistics } from '../server-protocol.ts'
import { exceedsShare } from './exceeds-share.ts'
import { histogramQuantile } from './histogram-quantile.ts'
import { addHistograms, statisticsSince } from './merge-statistics.ts'
import type { Supervisor } from './supervisor.ts'

export type CanaryState = NonNullable<TrafficResults['canary']>

/** Of fewer answers the 95th percentile is no more than the slowest one. */
const fewestAnswers = 20

/** What is to be said against a canary by what was counted since it is there, in words; null while nothing is. */
export function judgeCanary(
  counted: ServerStatistics,
  canary: Pick<VersionStatistics, 'model' | 'version'>,
  rule: DeploymentSpec['canary'],
): { requests: number; problem: string | null } {
  const all = Object.values(counted.versions)
  const own = all.find(({ model, version }) => model === canary.model && version === canary.version)
  const requests = own ? own.requests + own.errors : 0
  const live = all.filter(({ role }) => role === 'live')
  if (!own || requests < rule.minimumRequests) return { requests, problem: null }
  const liveErrors = live.reduce((sum, { errors }) => sum + errors, 0)
  const liveRequests = live.reduce((sum, each) => sum + each.requests + each.errors, 0)
  const allowed = (liveRequests === 0 ? 0 : liveErrors / liveRequests) + rule.errorMargin
  const share = own.errors / requests
  if (exceedsShare({ hits: own.errors, trials: requests, allowed }))
    return {
      requests,
      problem: `${percent(share)} of its ${requests} requests failed, where ${percent(allowed)} are allowed`,
    }
  const liveLatency = live.map(({ latency }) => latency).reduce(addHistograms, { counts: [], sum: 0 })
  const liveAnswers = liveLatency.counts.reduce((sum, count) => sum + count, 0)
  if (liveAnswers < fewestAnswers) return { requests, problem: null }
  const usual = histogramQuantile(liveLatency, latencyBounds, 0.95)
  const slow = histogramQuantile(own.latency, latencyBounds, 0.95)
  const isSlow = usual !== null && slow !== null && slow > usual * rule.latencyFactor
  return {
    requests,
    problem: isSlow
      ? `95 % of its answers took up to ${milliseconds(slow)}, those of the others ${milliseconds(usual)}`
      : null,
  }
}

/** How the canary of a deployment does; null without one. */
export function canaryOf(
  { spec, rolledBack }: DeploymentRecord,
  { now, book, traffic }: Pick<Supervisor, 'now' | 'book' | 'traffic'>,
  history: readonly { what: string; note: string }[],
): (CanaryState & { artifact: string }) | null {
  const planned = now.wished?.versions.find(({ role, meant }) => role === 'canary' && meant)
  if (!planned?.meant) return null
  const { model, version, artifact } = planned.meant
  const { minimumRequests } = spec.canary
  const named = { model, version, artifact, minimumRequests }
  if (rolledBack.includes(artifact)) {
    const note = history.find(({ what }) => what === 'rolled-back')?.note ?? null
    return { ...named, state: 'rolled-back', requests: 0, reason: note }
  }
  if (!book || !traffic) return { ...named, state: 'watched', requests: 0, reason: null }
  const counted = statisticsSince(traffic.before, book.merged())
  const { requests, problem } = judgeCanary(counted, planned.meant, spec.canary)
  return {
    ...named,
    state: problem === null && requests >= minimumRequests ? 'passed' : 'watched',
    requests,
    reason: problem,
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const milliseconds = (seconds: number): string => `${(seconds * 1_000).toFixed(1)} ms`
