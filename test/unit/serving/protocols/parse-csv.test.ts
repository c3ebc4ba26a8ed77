import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCsv } from '../../../../src/serving/protocols/mlflow/parse-csv.ts'

const spectrum = join(import.meta.dirname, '../../../../node_modules/csv-spectrum')
// What the collection expects of this file is not what the file says.
const files = readdirSync(join(spectrum, 'csvs')).filter((file) => file !== 'location_coordinates.csv')

describe('CSV of a request', () => {
  it.each(files)('reads %s', (file) => {
    const [header, ...rows] = parseCsv(readFileSync(join(spectrum, 'csvs', file), 'utf8'))
    const records = rows.map((row) => Object.fromEntries(header!.map((name, index) => [name, row[index]])))
    const wanted = JSON.parse(
      readFileSync(join(spectrum, 'json', file.replace('.csv', '.json')), 'utf8'),
    ) as unknown
    expect(records).toEqual(wanted)
  })

  it('reads back what was written', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') })
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1 }))
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), (rows, end) => {
        const written = rows
          .map((row) => row.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
          .join(end)
        expect(parseCsv(written)).toEqual(rows)
      }),
    )
  })

  it('refuses a quote that is never closed, and what follows one', () => {
    expect(() => parseCsv('a,b\n1,"2')).toThrow(/row 2/)
    expect(() => parseCsv('a,b\n"1"x,2')).toThrow(/row 2/)
  })
})
