import type { ModelData } from '../../src/core/artifacts.ts'
import { learnError } from '../../src/learn/errors.ts'

/** For models of which nothing was known before the run. Throws `learn.no-target` for one of clusters. */
export function requireTarget({ task }: Pick<ModelData, 'task'>): void {
  if (task === 'clustering') throw learnError('no-target')
}
