import { canonicalJson } from './canonical-json.ts'
import type { DeploymentSpec, ServedVersion } from './deployment.ts'

/** What differs between two wishes for a deployment: “versions: churn:1 → churn:1, canary churn:2 (0.05); timeout: 10000 → 2000 ms”. */
export function describeSpecChange(before: DeploymentSpec, after: DeploymentSpec): string {
  return parts
    .flatMap(([title, told]) => {
      const [old, now] = [told(before), told(after)]
      return old === now ? [] : [`${title}: ${old} → ${now}`]
    })
    .join('; ')
}

const parts: readonly (readonly [title: string, told: (spec: DeploymentSpec) => string])[] = [
  ['versions', ({ versions }) => versions.map((version) => versionText(version, versions)).join(', ')],
  ['port', ({ port }) => String(port ?? 'any')],
  ['gRPC', ({ grpcPort }) => (grpcPort === null ? 'none' : String(grpcPort === 0 ? 'any port' : grpcPort))],
  ['processes', ({ workers }) => String(workers ?? 'one a core')],
  ['same version by', ({ stickyBy }) => stickyBy ?? 'chance'],
  ['timeout', ({ timeoutMs }) => `${timeoutMs} ms`],
  ['fallback', ({ fallback }) => fallbackText(fallback)],
  ['logged', ({ log }) => `${Number((log.share * 100).toPrecision(6))} %`],
  ['log kept', ({ log }) => `${log.keepDays} days, ${log.keepMb} MB`],
  ['never logged', ({ log }) => (log.neverLogged.length === 0 ? 'nothing' : log.neverLogged.join(', '))],
  ['judging of canaries', ({ canary }) => canonicalJson(canary)],
]

function versionText({ reference, role, weight }: ServedVersion, all: readonly ServedVersion[]): string {
  const named = role === 'live' ? reference : `${role} ${reference}`
  return all.length === 1 ? named : `${named} (${weight})`
}

function fallbackText(fallback: DeploymentSpec['fallback']): string {
  switch (fallback.kind) {
    case 'none':
      return 'none'
    case 'constant':
      return `always ${fallback.answer}`
    case 'version':
      return fallback.reference
    case 'rule':
      return fallback.expression
  }
}
