import type { MonitorReference } from '../../contract/monitoring-contract.ts'
import type { ReferenceFacts } from './watch-messages.ts'

/** What a version is compared with, as it is shown; null while it is being made. */
export function describeReference(
  version: Pick<MonitorReference, 'version' | 'role'>,
  known: ReferenceFacts | { reason: string } | null,
): MonitorReference {
  if (!known) return { ...version, ...nothing, state: 'building', reason: null }
  if ('reason' in known) return { ...version, ...nothing, state: 'waiting', reason: known.reason }
  const { table, rows, heldOut, isHeldOut, quality, calibration, columns } = known
  return {
    ...version,
    state: 'ready',
    reason: isHeldOut
      ? null
      : 'The training table has no rows that were kept from the model: its quality there is not known.',
    table,
    rows,
    heldOut,
    quality: Object.fromEntries(quality.map(({ metric, value }) => [metric, value])),
    calibration,
    columns: columns.map(({ name, type, missing, reason }) => ({
      name,
      type,
      isWatched: reason === null,
      reason,
      missing,
    })),
  }
}

const nothing = { table: null, rows: 0, heldOut: 0, quality: {}, calibration: null, columns: [] }
