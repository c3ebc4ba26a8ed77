import type { Deployments } from '../../serving/deployments/open-deployments.ts'
import { statisticsSince } from '../../serving/deployments/merge-statistics.ts'
import type { TrialState } from './retraining-parts.ts'

interface Named {
  deployment: string
  model: string
  version: number
}

/** What was counted of a version since the deployment serves what it serves; null where it serves nothing. */
export function trialState(
  { deployment, model, version }: Named,
  deployments: Pick<Deployments, 'supervisor'>,
): TrialState | null {
  const { book, traffic } = deployments.supervisor(deployment)
  if (!book || !traffic) return null
  const { versions, shadow } = statisticsSince(traffic.before, book.merged())
  const all = Object.values(versions)
  const own = all.find((each) => each.model === model && each.version === version)
  const live = all.filter(({ role }) => role === 'live')
  const seen = shadow[`${model}:${version}`]?.compared ?? 0
  return {
    requests: Math.max(own?.requests ?? 0, seen),
    errors: own?.errors ?? 0,
    live: {
      requests: live.reduce((sum, { requests }) => sum + requests, 0),
      errors: live.reduce((sum, { errors }) => sum + errors, 0),
    },
  }
}

/** Why a version does not answer that its deployment should answer with, in words; null where it does, or is off. */
export function notAnswering(
  { deployment, model, version }: Named,
  deployments: Pick<Deployments, 'list'>,
): string | null {
  const found = deployments.list().find(({ name }) => name === deployment)
  if (!found || !found.isOn || found.state === 'off') return null
  const served = found.versions.find(
    (each) => each.role === 'live' && each.model === model && each.version === version,
  )
  if (!served || served.isServed) return null
  const problem = served.problem ?? served.verification.problem ?? found.error
  return problem && `the endpoint refuses version ${version}: ${problem.message}`
}
