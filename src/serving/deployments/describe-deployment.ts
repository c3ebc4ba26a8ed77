import type { DeploymentInfo, ServedInfo, Verification } from '../../contract/deployment-info.ts'
import type { DeploymentRecord, VerificationRecord } from '../../storage/deployments.ts'
import type { Tracking } from '../../storage/open-tracking.ts'
import { PipewrightError, reportOf } from '../../core/errors.ts'
import type { PlannedVersion } from './plan-deployment.ts'
import type { SupervisedState } from './supervisor.ts'

const notVerified: Verification = { state: 'none', report: null, rows: 0, at: null, problem: null }

/** A deployment as everybody is told of it. `now` is null where nothing was done about it yet in this host. */
export function describeDeployment(
  record: DeploymentRecord,
  { now, tracking }: { now: SupervisedState | null; tracking: Tracking },
): DeploymentInfo {
  const { name, spec, revision, isOn, port, madeBy, createdAt, changedAt } = record
  const known = tracking.deployments.verifications(name)
  const planned = now?.wished?.versions ?? plannedOffline(record, tracking)
  return {
    name,
    spec,
    revision,
    isOn,
    state: now?.state ?? 'off',
    since: now?.since ?? changedAt,
    address: now?.address ?? null,
    grpcAddress: now?.grpcAddress ?? null,
    needsToken: (now?.exposure.token ?? null) !== null,
    isTied: now?.isTied ?? false,
    port,
    versions: planned.map((version) => servedInfo(version, { now, known })),
    processes: now?.processes ?? [],
    error: now?.error ?? null,
    madeBy,
    createdAt,
    changedAt,
  }
}

/** What the references mean, where nothing serves them. */
function plannedOffline(
  { spec, rolledBack }: DeploymentRecord,
  { models }: Tracking,
): Pick<PlannedVersion, 'reference' | 'role' | 'weight' | 'meant' | 'isRolledBack' | 'problem'>[] {
  return spec.versions.map((wished) => {
    try {
      const { model, version, artifact } = models.resolve(wished.reference)
      const meant = { model, version, artifact, folder: '' }
      const isRolledBack = wished.role === 'canary' && rolledBack.includes(artifact)
      return Object.assign({ meant, isRolledBack, problem: null }, wished)
    } catch (error) {
      if (!(error instanceof PipewrightError)) throw error
      return Object.assign({ meant: null, isRolledBack: false, problem: reportOf(error) }, wished)
    }
  })
}

function servedInfo(
  planned: Pick<PlannedVersion, 'reference' | 'role' | 'weight' | 'meant' | 'isRolledBack' | 'problem'>,
  { now, known }: { now: SupervisedState | null; known: readonly VerificationRecord[] },
): ServedInfo {
  const { reference, role, weight, meant, isRolledBack, problem } = planned
  const artifact = meant?.artifact ?? null
  return {
    reference,
    role,
    weight,
    model: meant?.model ?? null,
    version: meant?.version ?? null,
    artifact,
    isServed: now?.served?.configuration.versions.some((each) => each.artifact === artifact) ?? false,
    isRolledBack,
    verification: verificationOf(artifact, { now, known }),
    problem,
  }
}

function verificationOf(
  artifact: string | null,
  { now, known }: { now: SupervisedState | null; known: readonly VerificationRecord[] },
): Verification {
  if (artifact === null) return notVerified
  const live = now?.verifications.get(artifact)
  if (live) return live
  const stored = known.find((each) => each.artifact === artifact)
  if (!stored) return notVerified
  const { state, report, rows, problem, at } = stored
  return { state, report, rows, problem, at }
}
