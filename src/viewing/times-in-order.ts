import type { TableData } from '../core/artifacts.ts'
import type { Sketch } from '../core/sketch-schema.ts'
import type { RunContext } from '../node-kit/run-context.ts'
import { readStartChunks } from '../tables/start-rows.ts'

/** Fewer are not worth a split by time. */
const leastTimes = 20

/** Columns of dates and times that never turn back from one row to the next, or never forward. */
export async function timesInOrder(context: RunContext, table: TableData, sketch: Sketch): Promise<string[]> {
  const columns = sketch.columns
    .filter(
      ({ type, nulls, distinct }) =>
        (type === 'date' || type === 'datetime') && nulls === 0 && distinct.count >= leastTimes,
    )
    .map(({ name }) => name)
  if (columns.length === 0) return []
  const last = new Map<string, number>()
  const [rising, falling] = [new Set(columns), new Set(columns)]
  for await (const chunk of readStartChunks(context, table, { columns, rows: 'all' }))
    for (const name of columns) {
      const times = chunk.columns[name] as Float64Array
      let before = last.get(name) ?? times[0]!
      for (const time of times) {
        if (time < before) rising.delete(name)
        if (time > before) falling.delete(name)
        before = time
      }
      last.set(name, before)
    }
  return columns.filter((name) => rising.has(name) || falling.has(name))
}
