import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { readText } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum'))
const names = readdirSync(join(folder, 'csvs')).map((file) => file.replace(/\.csv$/, ''))

/** The readings of the package, which stand beside its files. */
function expected(name: string): Readonly<Record<string, string>>[] {
  const text = readFileSync(join(folder, 'json', `${name}.json`), 'utf8')
  const given = JSON.parse(text) as Record<string, string> | Record<string, string>[]
  const rows = Array.isArray(given) ? given : [given]
  // Its JSON has another number than its file.
  return name === 'location_coordinates'
    ? rows.map((row) => ({ ...row, 'Contact Phone Number': '2095257564' }))
    : rows
}

describe('csv-spectrum', () => {
  test('is all there', () => {
    expect(names).toHaveLength(12)
  })

  test.each(names)('%s is read as it documents', async (name) => {
    const content = readFileSync(join(folder, 'csvs', `${name}.csv`))
    const rows = expected(name)
    const columns = Object.fromEntries(
      Object.keys(rows[0]!).map((column) => [column, { type: 'text' as const }]),
    )
    const reading = await readText(
      context,
      { name: 'table.csv', content },
      { columns, nullValues: [], trim: false },
    )
    const read = reading.values.map((values) =>
      Object.fromEntries(values.map((value, index) => [reading.startColumns[index]!.name, value])),
    )
    expect(read).toEqual(rows)
    expect(reading.counts.rejected).toBe(0)
  })

  test.each(names)('%s is read by its defaults, with types', async (name) => {
    const content = readFileSync(join(folder, 'csvs', `${name}.csv`))
    const { values, counts } = await readText(context, { name: 'table.csv', content })
    const texts = expected(name).map((row) => Object.values(row))
    expect(counts).toEqual({ read: texts.length, kept: texts.length, rejected: 0 })
    const typed = (text: string): unknown =>
      text === '' ? null : /^[1-9][0-9]*$/.test(text) ? Number(text) : text
    const isText = (column: number) =>
      texts.some((row) => row[column] !== '' && typeof typed(row[column]!) === 'string')
    expect(values).toEqual(
      texts.map((row) => row.map((text, column) => (isText(column) ? text : typed(text)))),
    )
  })
})
