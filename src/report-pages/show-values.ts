import type { ColumnType } from '../core/columns.ts'

/** Four digits that count, and groups of three in large whole numbers. */
export function showNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value.toLocaleString('en-US')
  const size = Math.abs(value)
  if (size >= 1e-4 && size < 1e6) {
    return Number(value.toPrecision(4)).toLocaleString('en-US', { maximumFractionDigits: 20 })
  }
  return Number(value.toPrecision(4)).toString()
}

export function showShare(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return '< 0.1 %'
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`
}

/** A value of a column, dates and times as ISO 8601, texts cut. */
export function showValue(value: number | string, type: ColumnType): string {
  if (typeof value === 'string') return showText(value)
  switch (type) {
    case 'date':
      return isoOf(value).slice(0, 10)
    case 'datetime':
      return isoOf(value).slice(0, 19).replace('T', ' ')
    case 'boolean':
      return value === 1 ? 'true' : 'false'
    case 'number':
    case 'integer':
    case 'text':
    case 'vector':
      return showNumber(value)
  }
}

export function showText(text: string, most = 60): string {
  const plain = text.toWellFormed()
  return plain.length > most ? `${plain.slice(0, most).toWellFormed()}…` : plain
}

function isoOf(epochMs: number): string {
  const date = new Date(epochMs)
  return Number.isNaN(date.getTime()) ? String(epochMs) : date.toISOString()
}
