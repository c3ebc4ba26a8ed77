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

const csv = (content: string | Uint8Array, options = {}) =>
  readText(context, { name: 'table.csv', content }, options)
const names = (reading: { startColumns: readonly { name: string }[] }) =>
  reading.startColumns.map(({ name }) => name)
const types = (reading: { startColumns: readonly { type: string }[] }) =>
  reading.startColumns.map(({ type }) => type)

describe('delimited text', () => {
  test('becomes typed columns, blanks and null texts nulls', async () => {
    const reading = await csv(
      'id,charge,start,paid,city\n1, 29.85 ,2024-02-29,true,Rome\n2, ,2024-03-01,false,NA\n3,?,,TRUE,"a, b"\n',
    )
    expect(types(reading)).toEqual(['integer', 'number', 'date', 'boolean', 'text'])
    expect(reading.values).toEqual([
      [1, 29.85, '2024-02-29', true, 'Rome'],
      [2, null, '2024-03-01', false, null],
      [3, null, null, true, 'a, b'],
    ])
    expect(reading.counts).toEqual({ read: 3, kept: 3, rejected: 0 })
  })

  test('in one column keeps blank lines in between as nulls, and none at the end', async () => {
    const reading = await csv('a\n1\n\n3\n\n\n', { delimiter: ',' })
    expect(reading.values).toEqual([[1], [null], [3]])
  })

  test('with a header alone has no rows', async () => {
    const reading = await csv('name,city\n')
    expect(names(reading)).toEqual(['name', 'city'])
    expect(reading.counts).toEqual({ read: 0, kept: 0, rejected: 0 })
  })

  test('gets its header guessed, or told', async () => {
    expect(names(await csv('1,x\n2,y\n'))).toEqual(['column_1', 'column_2'])
    expect(names(await csv('ham,Hello\nspam,Win\nham,Ok\n'))).toEqual(['column_1', 'column_2'])
    expect(names(await csv('name,city\nAnn,Rome\nBo,Oslo\n'))).toEqual(['name', 'city'])
    expect(names(await csv('1,x\n2,y\n', { header: true }))).toEqual(['1', 'x'])
    expect(names(await csv('name,city\nAnn,Rome\n', { header: false }))).toEqual(['column_1', 'column_2'])
  })

  test('gets names that differ, whatever the header says', async () => {
    const long = `${'x'.repeat(180)}"quoted" 😀`
    const header = `id,ID,,id, spaced  out ,"two\nlines","${long.replaceAll('"', '""')}"`
    const reading = await csv(`${header}\n1,2,3,4,5,6,7\n`)
    expect(names(reading)).toEqual(['id', 'ID_2', 'column_3', 'id_3', 'spaced out', 'two lines', long])
    expect(reading.values).toEqual([[1, 2, 3, 4, 5, 6, 7]])
  })

  test('with codes, big numbers and ambiguous marks stays text', async () => {
    const reading = await csv(
      'zip;id;amount;day\n01234;12345678901234567890;1,234;01/02/2024\n98765;1;5,678;03/04/2024\n',
    )
    expect(types(reading)).toEqual(['text', 'text', 'text', 'text'])
  })

  test('with clear marks and formats is typed, and the rule says how', async () => {
    const reading = await csv(
      'german;english;day;stamp\n1.234,5;1,234.5;31.12.2023;13/01/2024 10:05\n0,5;1,000,000.25;1.1.2024;02/01/2024 9:00\n',
    )
    expect(
      reading.startColumns.map(({ type, rule }) => [
        type,
        rule?.decimalMark,
        rule?.thousandsMark,
        rule?.format,
      ]),
    ).toEqual([
      ['number', ',', '.', undefined],
      ['number', undefined, ',', undefined],
      ['date', undefined, undefined, 'DD.MM.YYYY'],
      ['datetime', undefined, undefined, 'DD/MM/YYYY hh:mm'],
    ])
    expect(reading.values).toEqual([
      [1234.5, 1234.5, '2023-12-31', '2024-01-13 10:05:00'],
      [0.5, 1000000.25, '2024-01-01', '2024-01-02 09:00:00'],
    ])
  })

  test('obeys what is said of all columns and of one', async () => {
    const reading = await csv('a,b,label\n-999,ja,<=50K.\n5,nein,>50K\n', {
      nullValues: ['-999'],
      columns: {
        b: { type: 'boolean', trueValues: ['ja'], falseValues: ['nein'] },
        label: { replace: { '<=50K.': '<=50K' } },
      },
    })
    expect(reading.values).toEqual([
      [null, true, '<=50K'],
      [5, false, '>50K'],
    ])
  })

  test('reads one file whose name is a pattern', async () => {
    await readText(context, { name: 'part1.csv', content: 'a,b\n9,9\n' })
    const reading = await readText(context, { name: 'part[1]*.csv', content: 'a,b\n1,2\n' })
    expect(reading.values).toEqual([[1, 2]])
  })
})
