import { explainIssues, formatPath } from '../../src/core/explain-issues.ts'
import { deploymentSpecSchema, type DeploymentSpec, type ServedVersion } from '../../src/core/deployment.ts'

/** A deployment as it is typed into a form: amounts are texts until they are read. */
export interface SpecDraft {
  name: string
  versions: readonly VersionDraft[]
  port: string
  /** Empty: without gRPC. */
  grpcPort: string
  workers: string
  stickyBy: string
  timeoutMs: string
  fallback: DeploymentSpec['fallback']['kind']
  /** The answer, the version or the expression that the fallback gives. */
  fallbackText: string
  /** Per cent of the requests. */
  logPercent: string
  keepDays: string
  neverLogged: readonly string[]
  canaryRequests: string
  /** Points of errors, in per cent. */
  canaryErrors: string
  canaryLatency: string
}

export interface VersionDraft {
  reference: string
  role: ServedVersion['role']
  weight: string
}

export function draftOf(spec: DeploymentSpec | null): SpecDraft {
  if (!spec) {
    return {
      name: '',
      versions: [{ reference: '', role: 'live', weight: '1' }],
      port: '',
      grpcPort: '',
      workers: '',
      stickyBy: '',
      timeoutMs: '10000',
      fallback: 'none',
      fallbackText: '',
      logPercent: '100',
      keepDays: '90',
      neverLogged: [],
      canaryRequests: '200',
      canaryErrors: '2',
      canaryLatency: '1.5',
    }
  }
  return {
    name: spec.name,
    versions: spec.versions.map((version) => ({ ...version, weight: String(version.weight) })),
    port: textOf(spec.port),
    grpcPort: textOf(spec.grpcPort),
    workers: textOf(spec.workers),
    stickyBy: spec.stickyBy ?? '',
    timeoutMs: String(spec.timeoutMs),
    fallback: spec.fallback.kind,
    fallbackText: fallbackTextOf(spec.fallback),
    logPercent: String(spec.log.share * 100),
    keepDays: String(spec.log.keepDays),
    neverLogged: spec.log.neverLogged,
    canaryRequests: String(spec.canary.minimumRequests),
    canaryErrors: String(spec.canary.errorMargin * 100),
    canaryLatency: String(spec.canary.latencyFactor),
  }
}

/** What the draft means, or what is wrong with it, by the path of the field: `versions.0.weight`. */
export function readDraft(
  draft: SpecDraft,
  base: DeploymentSpec | null,
): { spec: DeploymentSpec } | { problems: ReadonlyMap<string, string> } {
  const read = explainIssues(deploymentSpecSchema, {
    ...base,
    name: draft.name.trim(),
    versions: draft.versions.map(({ reference, role, weight }) => ({
      reference,
      role,
      weight: amountOf(weight),
    })),
    port: optional(draft.port),
    grpcPort: optional(draft.grpcPort),
    workers: optional(draft.workers),
    stickyBy: draft.stickyBy.trim() === '' ? null : draft.stickyBy.trim(),
    timeoutMs: amountOf(draft.timeoutMs),
    fallback: fallbackOf(draft),
    log: {
      ...base?.log,
      share: amountOf(draft.logPercent) / 100,
      keepDays: amountOf(draft.keepDays),
      neverLogged: [...draft.neverLogged],
    },
    canary: {
      minimumRequests: amountOf(draft.canaryRequests),
      errorMargin: amountOf(draft.canaryErrors) / 100,
      latencyFactor: amountOf(draft.canaryLatency),
    },
  })
  if (read.success) return { spec: read.data }
  return { problems: new Map(read.explanations.map(({ path, message }) => [formatPath(path), message])) }
}

function fallbackOf({ fallback: kind, fallbackText: text }: SpecDraft): unknown {
  switch (kind) {
    case 'none':
      return { kind }
    case 'constant':
      return { kind, answer: text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text }
    case 'version':
      return { kind, reference: text }
    case 'rule':
      return { kind, expression: text }
  }
}

function fallbackTextOf(fallback: DeploymentSpec['fallback']): string {
  switch (fallback.kind) {
    case 'none':
      return ''
    case 'constant':
      return String(fallback.answer)
    case 'version':
      return fallback.reference
    case 'rule':
      return fallback.expression
  }
}

const textOf = (amount: number | null): string => (amount === null ? '' : String(amount))
const amountOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
const optional = (text: string): number | null => (text.trim() === '' ? null : Number(text))
