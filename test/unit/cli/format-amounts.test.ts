import { describe, expect, it } from 'vitest'
import {
  countOf,
  formatBytes,
  formatDuration,
  formatMetric,
} from '../../../src/hosts/cli/terminal/format-amounts.ts'
import { formatTable } from '../../../src/hosts/cli/terminal/format-table.ts'

describe('amounts', () => {
  it('have the unit that fits them', () => {
    expect([12.3, 449, 9_940, 12_400, 59_600, 185_000, 3_720_000].map(formatDuration)).toEqual([
      '12 ms',
      '0.4 s',
      '9.9 s',
      '12 s',
      '1 min 00 s',
      '3 min 05 s',
      '1 h 02 min',
    ])
    expect([0, 999, 1_000, 99_940, 999_600, 2_400_000_000].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '99.9 kB',
      '1.0 MB',
      '2.4 GB',
    ])
  })

  it('are counted as a reader would', () => {
    expect([countOf(1, 'row'), countOf(0, 'row'), countOf(7043, 'row')]).toEqual([
      '1 row',
      '0 rows',
      '7,043 rows',
    ])
  })

  it('show of a metric what two models differ in', () => {
    expect([0.847123456, 1407, 0.00001234, 123456.789, -0.5].map(formatMetric)).toEqual([
      '0.847123',
      '1,407',
      '1.2340e-5',
      '123456.8',
      '-0.500000',
    ])
  })
})

describe('a table', () => {
  const columns = [{ title: 'name' }, { title: 'value', align: 'right' as const }]

  it('aligns its columns', () => {
    const rows = [
      ['größe', '1'],
      ['表', '1,000'],
    ]
    expect(formatTable({ columns, rows })).toEqual(['name   value', 'größe      1', '表     1,000'])
  })

  it('gives way in its widest column on a narrow terminal', () => {
    const rows = [['a very long name that goes on', '12']]
    expect(formatTable({ columns, rows, width: 20 })).toEqual([
      'name           value',
      'a very long …     12',
    ])
  })
})
