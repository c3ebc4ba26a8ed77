import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  array,
  assert,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  oneof,
  record,
  tuple,
} from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CsvRows } from '../../../src/tables/read-file/csv-rows.ts'
import { DigitsSeen } from '../../../src/tables/read-file/digits-seen.ts'
import { SpacesSeen } from '../../../src/tables/read-file/spaces-seen.ts'
import { surveyCsv, type LoadableText } from '../../../src/tables/read-file/survey-csv.ts'
import { openTextSource } from '../../../src/tables/read-file/text-source.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pipewright-survey-'))
})
afterAll(() => rm(folder, { recursive: true }))

const context = { signal: new AbortController().signal }

async function withRows<Result>(text: string | Buffer, work: (rows: CsvRows) => Promise<Result>) {
  const path = join(folder, 'text.csv')
  await writeFile(path, text)
  const source = await openTextSource(path, 'utf-8')
  const dialect = { delimiter: ',', quote: '"', escape: '"', header: true }
  try {
    return await work(new CsvRows(source, { names: ['a', 'b', 'c'], dialect, trim: true, context }))
  } finally {
    await source.close()
  }
}

const surveyed = (text: string | Buffer) => withRows(text, (rows) => surveyCsv(rows, { progress: () => {} }))

/** What a look at each record by itself says. */
const oneByOne = (text: string | Buffer) =>
  withRows(text, async ({ reader }): Promise<LoadableText | null> => {
    const { scanner, buffer } = reader
    const spaces = new SpacesSeen(3)
    const digits = new DigitsSeen(3)
    const lineEnds = new Set<string>()
    let records = 0
    let isLoadable = true
    await reader.forEach(() => {
      isLoadable &&= reader.problem === null && scanner.isRegular && scanner.fieldCount === 3
      if (scanner.lineEnd !== '') lineEnds.add(scanner.lineEnd)
      isLoadable &&= !lineEnds.has('\r') && (!lineEnds.has('\r\n') || scanner.lines === 1)
      if (records++ > 0 && isLoadable) {
        spaces.look(buffer, scanner)
        digits.look(scanner)
      }
      return undefined
    })
    if (!isLoadable || lineEnds.size > 1) return null
    const lineEnd = lineEnds.has('\r\n') ? '\r\n' : '\n'
    return { rows: Math.max(0, records - 1), lineEnd, spaces: spaces.list, digits: digits.list }
  })

const field = oneof(
  { weight: 8, arbitrary: constantFrom('', '1', '-2.5', 'x', ' 3', 'y ', 'é', '12345678901234567') },
  {
    weight: 1,
    arbitrary: constantFrom('"q"', '"q,r"', '"s""t"', ' "u"', 'v"w', '\0', '"two\nlines"', 'z\r'),
  },
)
const fields = oneof(
  { weight: 30, arbitrary: array(field, { minLength: 3, maxLength: 3 }) },
  { weight: 1, arbitrary: array(field, { maxLength: 4 }) },
)
const lineEnd = oneof(
  { weight: 40, arbitrary: constant('usual') },
  { weight: 1, arbitrary: constantFrom('\n', '\r\n', '\r') },
)
const textOf = record({
  usual: constantFrom('\n', '\r\n'),
  records: array(tuple(fields, lineEnd), { maxLength: 150 }),
  hasEnd: boolean(),
}).map(({ usual, records, hasEnd }) => {
  const lines = records.map(([cells, end]) => cells.join(',') + (end === 'usual' ? usual : end))
  const text = `a,b,c${usual}${lines.join('')}`
  return hasEnd ? text : text.replace(/[\r\n]+$/, '')
})

test('passes over plain records as if each had been looked at', async () => {
  await assert(
    asyncProperty(textOf, async (text) => {
      expect(await surveyed(text)).toEqual(await oneByOne(text))
    }),
    { numRuns: 200 },
  )
})

test('sees a record that is cut by the end of the buffer, and one that is not plain far behind', async () => {
  const line = '12,3.5,some text of a column\n'
  const many = line.repeat(Math.ceil((9 << 20) / line.length))
  const whole = await surveyed(`a,b,c\n${many}`)
  expect(whole).toEqual(await oneByOne(`a,b,c\n${many}`))
  expect(whole?.digits).toEqual(['whole', 'numbers', 'others'])
  expect((await surveyed(`a,b,c\n${many}x,"1",z\n`))?.digits).toEqual(['others', 'others', 'others'])
  expect(await surveyed(`a,b,c\n${many}x,1\n`)).toBeNull()
})

test('refuses what is not UTF-8 wherever it stands', async () => {
  const line = Buffer.from('1,2,three\n')
  const many = Array.from({ length: 5000 }, () => line)
  const broken = Buffer.concat([Buffer.from('a,b,c\n'), ...many, Buffer.from([0x31, 0x2c, 0xff, 0x2c, 0x0a])])
  expect(await surveyed(broken)).toBeNull()
})

test('tells how many rows there are while it goes on', async () => {
  const told: number[] = []
  const found = await withRows(`a,b,c\n${'1,2,3\n'.repeat(300_000)}`, (rows) =>
    surveyCsv(rows, { progress: (count) => told.push(count) }),
  )
  expect(found?.rows).toBe(300_000)
  expect(told.length).toBeGreaterThan(0)
  expect(told.every((count) => count % 100_000 === 0)).toBe(true)
})

test('stops after as many rows as it was to look at', async () => {
  const found = await withRows(`a,b,c\n${'1,2,3\n'.repeat(1000)}x\n`, (rows) =>
    surveyCsv(rows, { progress: () => {}, limit: 500 }),
  )
  expect(found?.rows).toBe(499)
})
