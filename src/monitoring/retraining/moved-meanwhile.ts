import type { Tracking } from '../../storage/open-tracking.ts'
import type { JobRecord } from '../../storage/retraining-job-record.ts'
import { aliasedVersion } from './model-alias.ts'

/** Why the challenger of a job cannot be promoted any more, in words: another version has the alias than it was judged against. */
export function movedMeanwhile(
  { policy, championVersion, challengerVersion }: JobRecord,
  tracking: Pick<Tracking, 'models'>,
): string | null {
  const current = aliasedVersion(tracking, policy)?.version ?? null
  if (current === championVersion || current === challengerVersion) return null
  return `“${policy.model}” is version ${current ?? 'none'} by now: it was judged against version ${championVersion ?? 'none'}.`
}
