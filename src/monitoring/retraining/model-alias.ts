import type { Tracking } from '../../storage/open-tracking.ts'
import { PipewrightError } from '../../core/errors.ts'
import type { RetrainingPolicy } from '../../core/retraining.ts'
import { isEnvironment } from '../../storage/environment.ts'

/** What a policy calls the champion, taken apart. */
export function championOf({ model }: RetrainingPolicy): { model: string; alias: string } {
  const [name, alias] = model.split('@') as [string, string]
  return { model: name, alias }
}

/** The version that has the alias; null where none has it. */
export function aliasedVersion(
  { models }: Pick<Tracking, 'models'>,
  policy: RetrainingPolicy,
): { version: number; artifact: string } | null {
  try {
    return models.resolve(policy.model)
  } catch (error) {
    if (error instanceof PipewrightError && error.code.startsWith('registry.')) return null
    throw error
  }
}

export interface AliasMove {
  model: string
  alias: string
  version: number
  who: string
  note: string
  now: number
}

/** Environments are moved by promotions alone, so that their history says who and why. To be called in a transaction. */
export function moveAlias(
  { models, promotions }: Pick<Tracking, 'models' | 'promotions'>,
  { model, alias, version, who, note, now }: AliasMove,
): void {
  if (models.show(model).aliases[alias] === version) return
  if (!isEnvironment(alias)) return models.setAlias({ model, alias, version, now })
  promotions.promote({ model, version, environment: alias, who, note, now })
  if (alias === 'staging') return
  promotions.decide({ model, version, environment: 'production', state: 'approved', who, note, now })
}
