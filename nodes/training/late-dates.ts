import type { TableData } from '../../src/core/artifacts.ts'
import type { Column } from '../../src/core/columns.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { featureSources } from '../../src/recipe/feature-sources.ts'
import { readStartChunks } from '../../src/tables/start-rows.ts'

/** A date that features come from and that lies behind the time of its row. */
export interface LateDate {
  column: string
  /** The column with the role “time”. */
  time: string
  /** Of the rows that have both. */
  share: number
}

/** So many train rows, from the first on, are enough to see it. */
const rowsLookedAt = 20_000
/** Fewer rows may be slips of the pen. */
const leastShare = 0.05

const isDate = (type: Column['type'] | undefined): boolean => type === 'date' || type === 'datetime'

/**
 * Dates among what features are computed from that lie behind the time of their row more than now and then: they are known
 * later. Nothing where the table does not say the time of a row by one date from its source.
 */
export async function findLateDates(context: RunContext, table: TableData): Promise<LateDate[]> {
  const times = table.columns.filter(
    ({ role, origin, type }) => role === 'time' && origin === 'start' && isDate(type),
  )
  const [time] = times
  if (!time || times.length > 1) return []
  const sources = [...new Set(featureSources(table).flatMap(({ from }) => from))]
  const typeOf = new Map(table.startColumns.map(({ name, type }) => [name, type]))
  const dates = sources.filter((name) => name !== time.name && isDate(typeOf.get(name)))
  if (dates.length === 0) return []
  const known = new Float64Array(dates.length)
  const late = new Float64Array(dates.length)
  let rows = 0
  for await (const chunk of readStartChunks(context, table, {
    columns: [time.name, ...dates],
    rows: 'train',
  })) {
    const at = chunk.columns[time.name] as Float64Array
    for (const [index, name] of dates.entries())
      for (const [row, value] of (chunk.columns[name] as Float64Array).entries()) {
        if (Number.isNaN(value) || Number.isNaN(at[row]!)) continue
        known[index]!++
        if (value > at[row]!) late[index]!++
      }
    rows += chunk.rows
    if (rows >= rowsLookedAt) break
  }
  return dates.flatMap((column, index) => {
    const share = late[index]! / Math.max(1, known[index]!)
    return share >= leastShare ? [{ column, time: time.name, share }] : []
  })
}

export const lateDateWarning = ({ column, time, share }: LateDate): string =>
  `“${column}” lies behind “${time}” in ${Math.round(100 * share)} % of the train rows, so it is known only later. Give it, ` +
  'and what is computed from it, the role “ignore”: the model will not have it when it matters.'
