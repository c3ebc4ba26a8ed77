import { protocolError } from '../errors.ts'

/** Rows of fields (RFC 4180): commas, line ends of any kind, quotes doubled within quotes. Empty lines are none. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = text.startsWith('\uFEFF') ? 1 : 0
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at, rows.length + 1) : plainField(text, at)
    row.push(field.value)
    at = field.end
    if (text[at] === ',') {
      at += 1
      if (at < text.length) continue
      row.push('')
    }
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
  }
  return rows
}

interface Field {
  value: string
  /** Where the comma or line end behind it is. */
  end: number
}

const fieldEnd = /[,\r\n]/g
const lineNotQuote = /[^,\r\n]/

function plainField(text: string, from: number): Field {
  fieldEnd.lastIndex = from
  const end = fieldEnd.exec(text)?.index ?? text.length
  return { value: text.slice(from, end), end }
}

function quotedField(text: string, from: number, line: number): Field {
  let value = ''
  for (let at = from + 1; ;) {
    const quote = text.indexOf('"', at)
    if (quote < 0) throw protocolError('bad-body', { problem: `a quote in row ${line} is never closed` })
    value += text.slice(at, quote)
    at = quote + 1
    if (text[at] === '"') {
      value += '"'
      at += 1
      continue
    }
    if (at < text.length && lineNotQuote.test(text[at]!))
      throw protocolError('bad-body', { problem: `in row ${line}, something follows a closing quote` })
    return { value, end: at }
  }
}
