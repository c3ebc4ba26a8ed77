import { describe, expect, it } from 'vitest'
import { profilePage } from '../../../nodes/report-pages/profile-page.ts'
import { reportPage } from '../../../nodes/report-pages/report-page.ts'
import type { ProfileColumn, ProfileContent } from '../../../nodes/validation/profile/profile-content.ts'

const counted = { nulls: 3, distinct: { count: 900, isExact: true }, topMissed: 0 }

function numberColumn(name: string): ProfileColumn {
  const edges = Array.from({ length: 21 }, (_, index) => index)
  const counts = edges.slice(1).map((edge) => edge * 7)
  const histogram = { edges, counts }
  const numbers = {
    min: 0,
    max: 20,
    mean: 9.5,
    sd: 3,
    quantiles: edges.slice(0, 15),
    histogram,
    isExact: true,
  }
  const top = [{ value: 1, count: 4 }]
  return {
    name,
    type: 'number',
    role: 'feature',
    missing: 3,
    distinct: 900,
    quartiles: [5, 10, 15],
    explainsTarget: 0.25,
    sketch: { ...counted, name, type: 'number', infinite: 0, top, numbers },
  }
}

function textColumn(name: string, value: string): ProfileColumn {
  const lengths = { min: 1, max: 100, mean: 40, sd: 3 }
  const top = Array.from({ length: 20 }, (_, index) => ({
    value: `${index}${value}`.slice(0, 100),
    count: 20 - index,
  }))
  return {
    ...numberColumn(name),
    type: 'text',
    quartiles: null,
    sketch: { ...counted, name, type: 'text', top, lengths },
  }
}

function content(columns: ProfileColumn[]): ProfileContent {
  const names = columns.map(({ name }) => name)
  const correlated = names.slice(0, 60)
  const values = correlated.map((_, row) =>
    correlated.map((__, column) => (row === column ? 1 : (row - column) / 60)),
  )
  return {
    rows: 1_000_000,
    columns,
    leftOut: ['vector'],
    duplicates: { rows: 12, share: 0.000012 },
    missing: {
      completeRows: 999_000,
      patterns: Array.from({ length: 20 }, (_, index) => ({
        missing: names.slice(index),
        rows: 1000 - index,
      })),
      count: 4000,
    },
    correlations: { columns: correlated, rows: 100_000, pearson: values, spearman: values },
    suspicious: names.map((column) => ({
      column,
      kind: 'id-like',
      note: `“${column}” has another value in every row.`,
    })),
  }
}

describe('the page of a profile', () => {
  it('shows each column, what is missing together, and what goes together', () => {
    const page = profilePage(
      'Customers',
      content([numberColumn('age'), numberColumn('bill'), textColumn('town', 'Jena')]),
    )
    expect(page).toContain('<title>Customers</title>')
    for (const text of [
      '1,000,000 rows, 3 columns, without 1 of vectors',
      'Suspicious columns',
      'Missing values',
    ]) {
      expect(page).toContain(text)
    }
    expect(page).toContain('3,980 rarer patterns are not shown')
    expect(page.match(/<section class="card doubtful">/g)).toHaveLength(3)
    expect(page.match(/<rect /g)).toHaveLength(40)
    expect(page).toContain('0Jena')
  })

  it('takes names and values for texts, whatever they are, and loads nothing', () => {
    const hostile = `<script src="https://x.example/a.js">alert(1)</script>'"&`
    const page = profilePage(hostile, content([numberColumn(hostile), textColumn(`${hostile}2`, hostile)]))
    expect(page).not.toMatch(/<script|<img|<link|<iframe|url\(|@import/)
    expect(page.match(/<[a-z][^>"]*("[^"]*"[^>"]*)* (src|href|on[a-z]+)=/g)).toBeNull()
    expect(page).toContain('default-src &#39;none&#39;'.replaceAll('&#39;', "'"))
    expect(page).toContain('&lt;script')
  })

  it('stays below a megabyte with any number of columns, long names and long values', () => {
    const long = '<&ünï>'.repeat(60)
    const columns = Array.from({ length: 3000 }, (_, index) =>
      index % 2 ? numberColumn(`${index}${long}`) : textColumn(`${index}${long}`, long),
    )
    const page = profilePage('Wide', content(columns))
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000)
    expect(page).toContain('… and 2,480 more.')
  })

  it('is there for a table without rows or columns', () => {
    const nothing: ProfileContent = {
      ...content([]),
      rows: 0,
      missing: { completeRows: 0, patterns: [], count: 0 },
      correlations: null,
    }
    expect(profilePage('Nothing', nothing)).toContain('0 rows, 0 columns')
  })
})

describe('the page of another report', () => {
  it('has its metrics and details', () => {
    const curve = Array.from({ length: 500 }, (_, index) => index)
    const report = { type: 'evaluation', metrics: { accuracy: 0.91 }, content: { curve, note: '<b>' } }
    const page = reportPage('Evaluation', report)
    expect(page).toContain('<th>accuracy</th><td class="n">0.91</td>')
    expect(page).toContain('… and 400 more')
    expect(page).toContain('&lt;b&gt;')
  })
})
