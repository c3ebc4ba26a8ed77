import {
  anything,
  array,
  assert,
  constantFrom,
  double,
  integer,
  oneof,
  property,
  subarray,
  tuple,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StartColumn } from '../../../src/core/artifacts.ts'
import { parseValue } from '../../../src/tables/parse-value.ts'
import { rowReader } from '../../../src/tables/row-reader.ts'

const rule = { trim: true, nullValues: ['', '-999'], replace: { '7': '70' } }
const inputs: StartColumn[] = [
  { name: 'age', type: 'number', source: 'file', rule },
  { name: 'visits', type: 'integer', source: 'file', rule: { trim: true, nullValues: [''] } },
  { name: 'member', type: 'boolean', source: 'file', rule: { trim: true, nullValues: [''] } },
  { name: 'city', type: 'text', source: 'file', rule: { trim: true, nullValues: ['', 'n/a'] } },
  { name: 'since', type: 'date', source: 'file', rule: { trim: true, nullValues: [''] } },
  { name: 'constructor', type: 'number', source: 'formula' },
]
const reader = rowReader(inputs)

describe('reading rows of a request', () => {
  it('types every value by the rule of its column', () => {
    const row = { age: 41.5, visits: 3, member: true, city: ' Basel ', since: '2024-02-29', constructor: -0 }
    expect(reader.readObjects([row])).toEqual({
      rows: 1,
      columns: {
        age: Float64Array.of(41.5),
        visits: Float64Array.of(3),
        member: Float64Array.of(1),
        city: ['Basel'],
        since: Float64Array.of(Date.UTC(2024, 1, 29)),
        constructor: Float64Array.of(0),
      },
    })
  })

  it('takes what is left out, null, and the texts that mean no value for null', () => {
    const read = reader.readObjects([{}, { age: null, city: 'n/a' }, { age: '', city: '' }])
    expect(read).toMatchObject({
      columns: {
        age: Float64Array.of(NaN, NaN, NaN),
        city: ['', '', ''],
        constructor: Float64Array.of(NaN, NaN, NaN),
      },
    })
  })

  it('reads numbers as the texts of a file that mean the same', () => {
    const numbers = [-999, 7, 41, 1.5]
    const typed = reader.readObjects(numbers.map((age) => ({ age })))
    const texts = numbers.map((age) => parseValue(String(age), { type: 'number', rule }))
    expect(typed).toMatchObject({
      columns: { age: Float64Array.from(texts, (text) => ('value' in text ? Number(text.value ?? NaN) : 0)) },
    })
  })

  it('says by row and field what cannot be read', () => {
    const rows = [{ age: 1 }, { age: 'old', visits: 1.5, member: [], city: {}, since: '2023-02-29' }, 'row']
    expect(reader.readObjects(rows)).toEqual([
      { row: 1, field: 'age', message: '“old” is not a number.' },
      { row: 1, field: 'visits', message: '“1.5” is not a whole number.' },
      { row: 1, field: 'member', message: 'A list is not true or false.' },
      { row: 1, field: 'city', message: 'An object is not a text.' },
      { row: 1, field: 'since', message: '“2023-02-29” is not a value that a date can have.' },
      { row: 2, field: '', message: 'This row is not an object of columns and values.' },
    ])
  })

  it('refuses numbers that no double holds, and whole ones that are not exact', () => {
    const rows = JSON.parse('[{"age":1e999},{"visits":9007199254740993}]') as unknown[]
    expect(reader.readObjects(rows)).toMatchObject([
      { row: 0, field: 'age', message: '“Infinity” is not a value that a number can have.' },
      { row: 1, field: 'visits' },
    ])
  })

  it('counts the fields that are inputs', () => {
    const columns = reader.makeColumns(1)
    const row = JSON.parse('{"age":1,"__proto__":{"visits":3},"toString":1,"city":null}') as unknown
    expect(reader.readRow(row, columns, 0)).toBe(2)
    expect(columns[1]![0]).toBeNaN()
  })

  it('keeps missing and infinite numbers of binary columns, and refuses arrays of another length', () => {
    const age = Float64Array.of(1, NaN, Infinity)
    expect(reader.readColumns({ age }, 3)).toMatchObject({ columns: { age, city: ['', '', ''] } })
    expect(reader.readColumns({ visits: Float64Array.of(Infinity) }, 1)).toMatchObject([{ field: 'visits' }])
    expect(reader.readColumns({ visits: BigInt64Array.of(5n) }, 1)).toMatchObject({
      columns: { visits: Float64Array.of(5) },
    })
    expect(reader.readColumns({ age: [1, 2] }, 3)).toMatchObject([{ message: 'It has 2 values for 3 rows.' }])
  })

  it('reads rows of any fields in any order, and texts that come again, as it reads columns', () => {
    const names = [...inputs.map(({ name }) => name), 'toString', '0', 'other']
    const text = constantFrom(
      '',
      ' ',
      '7',
      ' 7 ',
      '-999',
      '1.5',
      'n/a',
      'Basel',
      ' Basel',
      'true',
      '2024-02-29',
      'x\0',
    )
    const value = oneof(
      text,
      text,
      integer(),
      double(),
      constantFrom(null, true, false, -0, 7, -999, 2 ** 53),
    )
    const row = subarray(names).chain((fields) =>
      tuple(...fields.map(() => value)).map((values) =>
        fields.map((field, index) => [field, values[index]] as const),
      ),
    )
    const some = rowReader(inputs)
    assert(
      property(array(row), (entries) => {
        const rows = entries.map((fields) => Object.fromEntries(fields))
        const columns = inputs.map(({ name }) => {
          const cells = rows.map((each) => (Object.hasOwn(each, name) ? each[name] : null))
          return [name, cells] as const
        })
        const byColumn = some.readColumns(Object.fromEntries(columns), rows.length)
        const byRow = some.readObjects(rows)
        const isFew = 'columns' in byColumn || byColumn.length < 20
        expect(sorted(byRow, isFew)).toEqual(sorted(byColumn, isFew))
      }),
      { numRuns: 500 },
    )
  })

  it('never fails, whatever comes', () => {
    assert(
      property(array(anything()), (rows) => {
        const read = reader.readObjects(rows)
        expect('columns' in read ? read.rows === rows.length : read.length > 0).toBe(true)
      }),
    )
  })
})

/** Problems in the order of rows; of many there are not all. */
function sorted(read: ReturnType<typeof reader.readObjects>, isFew: boolean) {
  if ('columns' in read) return read
  const order = inputs.map(({ name }) => name)
  const placed = (one: { row: number; field: string }): number =>
    one.row * order.length + order.indexOf(one.field)
  return isFew ? read.toSorted((one, other) => placed(one) - placed(other)) : 'many problems'
}
