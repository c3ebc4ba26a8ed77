import type { RetrainingPolicy } from '../../core/retraining.ts'
import type { Workspace } from '../../storage/open-workspace.ts'

/**
 * The table that a champion learned from: the first one's test rows are what every challenger for the same name is held
 * against, and are kept from then on.
 */
export async function freezeRows(
  { policy, champion }: { policy: Pick<RetrainingPolicy, 'deployment' | 'model'>; champion: string },
  { tracking, artifacts }: Pick<Workspace, 'tracking' | 'artifacts'>,
): Promise<string> {
  const { deployment, model } = policy
  const known = tracking.retraining.find(deployment)
  const isSame = known?.policy.model === model
  if (isSame && known.frozenTable !== null) return known.frozenTable
  const table = (await artifacts.read('model', champion)).data.trainedOn
  if (isSame) tracking.retraining.freeze({ deployment, table })
  return table
}
