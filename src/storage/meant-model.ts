import type { MeantModel } from '../core/check-deployment.ts'
import { PipewrightError } from '../core/errors.ts'
import type { Workspace } from './open-workspace.ts'

/** What a reference means now; null where it means nothing. */
export async function meantModel(
  { tracking, artifacts }: Pick<Workspace, 'tracking' | 'artifacts'>,
  reference: string,
): Promise<MeantModel | null> {
  try {
    const { model, version, artifact } = tracking.models.resolve(reference)
    const data = tracking.artifacts.get(artifact) ? (await artifacts.read('model', artifact)).data : null
    return { model, version, data }
  } catch (error) {
    // Bringing it about says what is wrong with it.
    if (error instanceof PipewrightError && /^(registry|artifact)\./.test(error.code)) return null
    throw error
  }
}
