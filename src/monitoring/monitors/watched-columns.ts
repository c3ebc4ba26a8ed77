import type { MonitorSpec } from '../../core/monitor.ts'
import type { Reference } from './reference.ts'

/** Why a column is not compared with the reference; null where it is. */
export function whyUnwatched(name: string, spec: MonitorSpec, reference: Reference): string | null {
  const own = spec.columns[name]
  const known = reference.columns.get(name)
  if (own?.isIgnored) return 'left out'
  if (!known) return 'not among the columns of the training table'
  if (!known.isSampled) return 'too many different texts'
  if ((known.type === 'date' || known.type === 'datetime') && !own) return 'time moves on'
  return null
}
