import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PipewrightError } from '../../../src/core/errors.ts'
import { readExcel, type ExcelReading } from '../../../src/tables/excel/read-excel.ts'
import { ZipWriter } from '../../../src/tables/excel/zip-writer.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'
import { valuesOf } from './file-reading.ts'

let context: TestContext
beforeEach(async () => {
  context = await createTestContext()
})
afterEach(async () => {
  await context.dispose()
})

const path = (): string => join(context.folder, 'book.xlsx')
const optionsFor = (file: string) =>
  ({ path: file, sheet: 1, mergedCells: 'each', errorCells: 'reject' }) as const

const parts = (sheet: string) => ({
  '_rels/.rels':
    '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>',
  'xl/workbook.xml': '<workbook><sheets><sheet name="A" r:id="b"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="b" Type="x/worksheet" Target="/xl/s.xml"/></Relationships>',
  'xl/s.xml': sheet,
})

async function archive(content: Readonly<Record<string, string | Iterable<string>>>): Promise<void> {
  const zip = await ZipWriter.create(path())
  for (const [name, text] of Object.entries(content))
    await zip.add(name, typeof text === 'string' ? [text] : text)
  await zip.finish()
  await zip.close()
}

describe('a file that is no sound workbook is refused', () => {
  const read = () => readExcel(context, optionsFor(path()))

  test.each<[string, string | Uint8Array, string]>([
    ['text', 'a,b\n1,2\n', 'excel.not-a-workbook'],
    ['nothing', '', 'excel.not-a-workbook'],
    [
      'an old workbook',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)]),
      'excel.old-workbook',
    ],
    [
      'a protected workbook',
      Buffer.concat([
        Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
        Buffer.alloc(600),
        Buffer.from('EncryptedPackage', 'utf16le'),
      ]),
      'excel.encrypted',
    ],
    ['the start of an archive', 'PK\x03\x04 and no more', 'excel.damaged'],
  ])('%s', async (_, content, code) => {
    await writeFile(path(), content)
    await expect(read()).rejects.toMatchObject({ code })
  })

  test('an archive of another kind', async () => {
    await archive({ 'readme.txt': 'hello' })
    await expect(read()).rejects.toMatchObject({ code: 'excel.not-a-workbook' })
    await archive({ 'content.xml': '', mimetype: '' })
    await expect(read()).rejects.toMatchObject({ code: 'excel.open-document' })
    await archive({ 'xl/workbook.bin': '' })
    await expect(read()).rejects.toMatchObject({ code: 'excel.binary-workbook' })
  })

  test('one with a wrong checksum, a cut or a missing part', async () => {
    await archive(parts('<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>'))
    expect((await readExcel(context, { ...optionsFor(path()), header: false })).counts.kept).toBe(1)
    const bytes = await readFile(path())
    const at = bytes.lastIndexOf('xl/s.xml') - 46 + 16
    bytes.writeUInt32LE(7, at)
    await writeFile(path(), bytes)
    await expect(read()).rejects.toThrow(
      /is damaged or was cut off: the checksum of “xl\/s\.xml” is wrong\.$/,
    )
    await archive({ ...parts(''), 'xl/workbook.xml': '<workbook><sheets><sheet name="A" r:id="b"/>' })
    await writeFile(path(), (await readFile(path())).subarray(0, -30))
    await expect(read()).rejects.toMatchObject({ code: 'excel.damaged' })
  })

  test.each([
    ['<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>', /a document type/],
    ['<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>', /row 1 comes after row 2/],
    ['<worksheet><sheetData><row r="99999999"/></sheetData></worksheet>', /row 99999999/],
    ['<worksheet><sheetData><row><c r="B1"/><c r="A1"/></row></sheetData></worksheet>', /cells of row 1/],
    ['<worksheet><sheetData><row><c t="s"><v>4</v></c></row></sheetData></worksheet>', /text of cell A1/],
    ['<worksheet><sheetData><row><c><v>many</v></c></row></sheetData></worksheet>', /A1 holds no number/],
    ['<worksheet><sheetData><row><c><v>1</v></c></ro', /ends too early/],
  ])('a sheet of %s', async (sheet, says) => {
    await archive(parts(sheet))
    await expect(read()).rejects.toThrow(says)
  })

  test('one that unpacks to far more than it is', async () => {
    const piece = '<x/>'.repeat(1 << 18)
    await archive({
      ...parts(''),
      'xl/s.xml': (function* () {
        for (let i = 0; i < 70; i++) yield piece
      })(),
    })
    await expect(read()).rejects.toMatchObject({ code: 'excel.too-large' })
  })
})

describe('a workbook of another program', () => {
  test('may have prefixes, rich texts with their readings, escapes, and no places of cells', async () => {
    const sheet =
      "<?xml version='1.0'?><x:worksheet xmlns:x='a'><!-- > --><x:sheetData><x:row><x:c t='s'><x:v>0</x:v></x:c>" +
      '<x:c t="inlineStr"><x:is><x:t>b &amp; &#x63;</x:t></x:is></x:c></x:row><x:row/><x:row><x:c t="s"><x:v>1</x:v></x:c>' +
      '<x:c t="str"><x:f>A1&gt;"a"</x:f><x:v><![CDATA[<i>]]></x:v></x:c></x:row></x:sheetData></x:worksheet>'
    const texts =
      '<sst><si><r><rPr><b/></rPr><t>a</t></r><r><t xml:space="preserve"> 1</t></r><rPh sb="0"><t>no</t></rPh></si>' +
      '<si><t>two_x000D_lines_x005F_x</t></si></sst>'
    const relations = parts('')['xl/_rels/workbook.xml.rels'].replace(
      '</Relationships>',
      '<Relationship Id="c" Type="x/sharedStrings" Target="texts.xml"/></Relationships>',
    )
    await archive({ ...parts(sheet), 'xl/_rels/workbook.xml.rels': relations, 'xl/texts.xml': texts })
    const reading = await readExcel(context, { ...optionsFor(path()), header: true })
    expect(reading.startColumns.map(({ name }) => name)).toEqual(['a 1', 'b & c'])
    expect(await valuesOf(context, reading)).toEqual([['two\rlines_x', '<i>']])
  })
})

describe('random damage', () => {
  const fixture = join(import.meta.dirname, '../../fixtures/excel/kinds.xlsx')
  const sheet =
    '<worksheet xmlns="a"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>n</t></is></c><c r="B1" t="str"><v>t</v></c></row>' +
    '<row r="2"><c r="A2" s="0"><v>1.5</v></c><c r="B2" t="b"><v>1</v></c></row><row r="4"><c r="A4"><f>A2</f></c></row>' +
    '</sheetData><mergeCells><mergeCell ref="A2:B4"/></mergeCells></worksheet>'
  const damage = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 8 }),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc
        .constantFrom('<', '>', '"', '/', '&#0;', '&lt;', 'PK', '<!', 'r="9"', '9999999999')
        .map((text) => Buffer.from(text)),
    ),
  })
  type Damage = typeof damage extends fc.Arbitrary<infer Value> ? Value : never

  function damaged(bytes: Buffer, damages: readonly Damage[]): Buffer {
    return damages.reduce((whole, { at, remove, insert }) => {
      const place = Math.floor(at * whole.length)
      return Buffer.concat([whole.subarray(0, place), insert, whole.subarray(place + remove)])
    }, bytes)
  }

  async function outcome(): Promise<ExcelReading | null> {
    try {
      return await readExcel(context, optionsFor(path()))
    } catch (error) {
      if (error instanceof PipewrightError && error.kind === 'user') return null
      throw error
    }
  }

  test('of a workbook, or of a sheet in it, gives rows and rejects, or one refusal', async () => {
    const workbook = await readFile(fixture)
    let readable = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(damage, { minLength: 1, maxLength: 3 }),
        fc.boolean(),
        async (damages, isInside) => {
          if (isInside) await archive(parts(damaged(Buffer.from(sheet), damages).toString('latin1')))
          else await writeFile(path(), damaged(workbook, damages))
          const reading = await outcome()
          if (!reading) return
          readable++
          const { read, kept, rejected } = reading.counts
          expect([kept, rejected, read]).toEqual([
            reading.rows.data.count,
            reading.rejects.rows.data.count,
            kept + rejected,
          ])
        },
      ),
      { numRuns: 60 },
    )
    expect(readable).toBeGreaterThan(3)
  }, 60_000)
})
