import { describe, expect, it } from 'vitest'
import { measureColumnDrift } from '../../../src/stats/column-drift.ts'
import { columnSamples } from '../../../src/stats/column-samples.ts'
import { prepareColumn } from '../../../src/stats/prepared-column.ts'
import { createRandom, type Random } from '../../../src/tables/random.ts'

const columns = 10
const windowRows = 1000
const windows = 50

/** Box and Muller: two uniform draws make a normal one. */
function normals(random: Random, rows: number, shift = 0): Float64Array {
  const uniform = (): number => 1 - random.unit()
  return Float64Array.from(
    { length: rows },
    () => shift + Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()),
  )
}

/** Which columns are said to have drifted in each window; the first is shifted. */
function driftedColumns(referenceRows: number, shift: number): number[][] {
  const random = createRandom(7, `windows ${referenceRows} ${shift}`)
  const reference = Array.from({ length: columns }, () => prepareColumn(normals(random, referenceRows)))
  return Array.from({ length: windows }, () =>
    reference.flatMap((own, column) => {
      const current = normals(random, windowRows, column === 0 ? shift : 0)
      const { drifted } = measureColumnDrift(columnSamples(own, prepareColumn(current))!, { referenceRows })
      return drifted ? [column] : []
    }),
  )
}

describe.each([1000, 20_000])('with a reference of %d rows', (referenceRows) => {
  it('takes at most one window of twenty for drift of the table where nothing has changed', () => {
    const alarms = driftedColumns(referenceRows, 0).filter((drifted) => drifted.length >= columns / 2)
    expect(alarms.length / windows).toBeLessThanOrEqual(0.05)
  })

  it('finds the one column of ten that is shifted by half a standard deviation in 95 of 100 windows', () => {
    const found = driftedColumns(referenceRows, 0.5).filter((drifted) => drifted.includes(0))
    expect(found.length / windows).toBeGreaterThanOrEqual(0.95)
  })
})
