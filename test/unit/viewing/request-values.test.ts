import { describe, expect, it } from 'vitest'
import type { StartColumn } from '../../../src/core/artifacts.ts'
import { rowReader } from '../../../src/tables/row-reader.ts'
import { asRequestRows } from '../../../src/viewing/request-values.ts'

const rule = { trim: true, nullValues: ['', 'NA'] }
const inputs: StartColumn[] = [
  { name: 'size', type: 'number', source: 'file', rule: { ...rule, decimalMark: ',' } },
  { name: 'count', type: 'integer', source: 'file', rule },
  {
    name: 'isNew',
    type: 'boolean',
    source: 'file',
    rule: { ...rule, trueValues: ['ja'], falseValues: ['nein'] },
  },
  { name: 'day', type: 'date', source: 'file', rule: { ...rule, format: 'DD.MM.YYYY' } },
  { name: 'at', type: 'datetime', source: 'file', rule },
  { name: 'town', type: 'text', source: 'file', rule },
]

describe('rows said as requests', () => {
  it('are read as the very values that are stored', () => {
    const chunk = {
      rows: 2,
      columns: {
        size: Float64Array.of(0.1 + 0.2, Infinity),
        count: Float64Array.of(7, NaN),
        isNew: Float64Array.of(1, 0),
        day: Float64Array.of(Date.UTC(2026, 2, 1), NaN),
        at: Float64Array.of(Date.UTC(2026, 2, 1, 12, 30, 5, 250), NaN),
        town: ['Jena', ''],
      },
    }
    const said = asRequestRows(inputs, chunk)
    expect(said[0]).toMatchObject({ size: 0.1 + 0.2, isNew: true, day: '01.03.2026', town: 'Jena' })
    expect(rowReader(inputs).readObjects(said)).toEqual(chunk)
  })

  it('are none where no request would be read as them', () => {
    const chunk = { rows: 2, columns: { town: [' Jena', 'NA'] } }
    expect(asRequestRows([inputs[5]!], chunk)).toEqual([null, null])
  })
})
