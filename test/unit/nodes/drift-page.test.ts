import { describe, expect, it } from 'vitest'
import type { ReportData } from '../../../src/core/artifacts.ts'
import type { ComparedColumn, DriftContent } from '../../../src/core/drift-content.ts'
import { driftPage } from '../../../src/report-pages/drift-page.ts'
import { reportPage } from '../../../nodes/report-pages/report-page.ts'

const shares = (count: number, power: number): number[] =>
  Array.from({ length: count }, (_, place) => ((place + 1) / count) ** power / count)

function compared(name: string, kind: 'numbers' | 'texts'): ComparedColumn {
  return {
    column: name,
    type: kind === 'numbers' ? 'number' : 'text',
    drifted: true,
    method: 'jensen-shannon',
    score: 0.123456789,
    bounds: { low: 0.1212121212, high: 0.1313131313 },
    threshold: 0.1,
    also: [{ method: 'population-stability-index', score: 0.987654321 }],
    rows: { reference: 1_000_000, current: 123_456 },
    missing: { reference: 0.0123456, current: 0.0234567, pValue: 1e-12 },
    unseen: 0.0345678,
    distribution:
      kind === 'numbers'
        ? { edges: shares(19, 1), reference: shares(20, 1), current: shares(20, 2) }
        : {
            values: Array.from({ length: 20 }, (_, place) => `${place} ${'&"<>'.repeat(40)}`),
            reference: shares(21, 1),
            current: shares(21, 2),
          },
  }
}

function content(columns: readonly ComparedColumn[]): DriftContent {
  return {
    drifted: true,
    share: 0.5,
    verdict: 'All columns have drifted.',
    notes: columns.map(({ column }) => `“${column}” names rows.`),
    classifier: {
      auc: 0.91,
      low: 0.9,
      high: 0.92,
      rows: { reference: 10_000, current: 10_000 },
      columns: columns.slice(0, 20).map(({ column }) => ({ column, importance: 0.05 })),
    },
    columns: [...columns],
  }
}

describe('the page of drift', () => {
  it('stays below a megabyte for 500 columns with the longest of names, and 5 000', () => {
    for (const count of [500, 5000]) {
      const names = Array.from({ length: count }, (_, place) => `${place} ${'<&>"'.repeat(60)}`)
      for (const kind of ['numbers', 'texts'] as const) {
        const page = driftPage('Drift', content(names.map((name) => compared(name, kind))))
        expect(Buffer.byteLength(page)).toBeLessThan(1_000_000)
      }
    }
  })

  it('shows verdict, notes, what tells rows apart, each column and its distributions, and loads nothing', () => {
    const columns = [compared('price', 'numbers'), compared('<b>plan</b>', 'texts')]
    const given = JSON.parse(JSON.stringify(content(columns))) as ReportData['content']
    const page = reportPage('March', { type: 'drift', metrics: {}, content: given })
    for (const text of [
      'All columns have drifted.',
      '“price” names rows.',
      '0.1235 (0.1212 to 0.1313)',
      'population-stability-index',
      '0.9877',
      'ROC AUC',
      '&lt;b&gt;plan&lt;/b&gt;',
      '<path class="now"',
    ])
      expect(page).toContain(text)
    expect(page).not.toMatch(/<script|<b>plan|src=|href=|url\(/)
  })

  it('draws reports of before, which tell less', () => {
    const { drifted, share, columns } = content([compared('price', 'numbers')])
    expect(driftPage('Drift', { drifted, share, columns })).toContain('price')
  })
})
