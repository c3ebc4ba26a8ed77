import { CsvScanner } from './csv-scanner.ts'
import { readError } from './read-errors.ts'
import type { Dialect, ReadOptions } from './read-options.ts'

const delimiters = [',', '\t', ';', '|'] as const
const MAX_RECORDS = 5000

type Cut = Omit<Dialect, 'header'>

/**
 * Delimiter, quote and escape from the first bytes of a text: of the usual ones, those under which most records have
 * the same number of fields as the first, and at least two; then those under which more fields are numbers or dates;
 * then those that make more fields. What is given is kept.
 */
export function sniffDialect(
  head: { bytes: Buffer; isWhole: boolean },
  given: Pick<ReadOptions, 'delimiter' | 'quote' | 'escape'> & { trim: boolean; isTabbed: boolean },
): Cut {
  checkDialect(given)
  const byDelimiter = given.delimiter !== undefined ? [given.delimiter] : given.isTabbed ? ['\t'] : delimiters
  const scored = byDelimiter.map((delimiter) => sniffQuotes(head, { ...given, delimiter }))
  const best = scored.reduce((a, b) => (isBetter(b.score, a.score) ? b : a))
  // Text in one column has the commonest delimiters in it, but not in every line.
  const isTable = best.score.agreement >= 0.8 || given.delimiter !== undefined || given.isTabbed
  return isTable ? best.cut : { ...best.cut, delimiter: given.delimiter ?? ',' }
}

interface Scored {
  cut: Cut
  score: Score
}

/** Quotes are ordinary characters where many of them make no sense as quotes, and all does without. */
function sniffQuotes(
  head: { bytes: Buffer; isWhole: boolean },
  given: Pick<ReadOptions, 'quote' | 'escape'> & { delimiter: string; trim: boolean },
): Scored {
  const { delimiter, trim } = given
  const scored = (cut: Cut): Scored => ({ cut, score: scoreOf(head, cut, trim) })
  const literal = scored({ delimiter, quote: null, escape: null })
  const quote = given.quote ?? '"'
  if (given.quote === null) return literal
  // Without any, all that quotes could change is the same.
  if (!head.bytes.includes(quote))
    return { ...literal, cut: { delimiter, quote, escape: given.escape ?? quote } }
  const quoted = escapesFor(head.bytes, quote, given.escape)
    .map((escape) => scored({ delimiter, quote, escape }))
    .reduce((a, b) => (b.score.agreement > a.score.agreement ? b : a))
  if (given.quote !== undefined) return quoted
  const isLiteral = quoted.score.senselessQuotes > 0.05 && literal.score.agreement >= 0.98
  return isLiteral ? literal : quoted
}

function escapesFor(bytes: Buffer, quote: string, given: string | undefined): string[] {
  if (given !== undefined) return [given]
  return bytes.includes(`\\${quote}`) ? [quote, '\\'] : [quote]
}

interface Score {
  /** The share of records that can be read and have as many fields as the first. */
  agreement: number
  /** The share of records with quotes that make no sense, of all that start a field with one. */
  senselessQuotes: number
  /** The share of fields that are numbers or dates. */
  typed: number
  fields: number
}

function isBetter(a: Score, b: Score): boolean {
  if (Math.abs(a.agreement - b.agreement) > 0.02) return a.agreement > b.agreement
  if (Math.abs(a.typed - b.typed) > 0.02) return a.typed > b.typed
  return a.fields > b.fields
}

function scoreOf(head: { bytes: Buffer; isWhole: boolean }, cut: Cut, trim: boolean): Score {
  const scanner = new CsvScanner({ ...cut, header: false }, { trim })
  const counts: number[] = []
  let fields = 0
  let typed = 0
  let quoted = 0
  let senseless = 0
  const bytes = { end: head.bytes.length, isLast: head.isWhole }
  for (let start = 0; start < bytes.end && counts.length < MAX_RECORDS; start = scanner.next) {
    if (!scanner.read(head.bytes, start, bytes)) break
    if (scanner.problem === null && scanner.isBlank(head.bytes)) continue
    counts.push(scanner.problem === null ? scanner.fieldCount : 0)
    if (scanner.problem === 'bad-quotes') senseless++
    else if (scanner.hasQuotes) quoted++
    if (counts.length > 200) continue
    for (let field = 0; field < scanner.fieldCount; field++) {
      const text = head.bytes.toString('utf8', scanner.starts[field], scanner.ends[field]).trim()
      if (text === '') continue
      fields++
      if (isTyped(text)) typed++
    }
  }
  const wanted = counts[0] ?? 0
  const agreeing = wanted < 2 ? 0 : counts.filter((count) => count === wanted).length
  return {
    agreement: agreeing / Math.max(1, counts.length),
    senselessQuotes: senseless / Math.max(1, senseless + quoted),
    typed: typed / Math.max(1, fields),
    fields: wanted,
  }
}

const number = /^[+-]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][+-]?[0-9]+)?$/
const dateOrTime = /^[0-9]{1,4}([-/.])[0-9]{1,2}\1[0-9]{1,4}([T ][0-9]{1,2}:[0-9]{2}.*)?$/

const isTyped = (text: string): boolean => number.test(text) || dateOrTime.test(text)

function checkDialect(given: Pick<ReadOptions, 'delimiter' | 'quote' | 'escape'>): void {
  const { delimiter, quote, escape } = given
  const named = { delimiter, quote: quote ?? undefined, escape }
  for (const [option, value] of Object.entries(named)) {
    if (value === undefined) continue
    if (value.length !== 1 || value > '~' || /[\0\r\n]/.test(value)) {
      throw readError('bad-dialect', { option, value, reason: 'it is not one ASCII character' })
    }
  }
  if (delimiter !== undefined && (delimiter === quote || delimiter === escape)) {
    throw readError('bad-dialect', {
      option: 'delimiter',
      value: delimiter,
      reason: 'it is also the quote or its escape',
    })
  }
}
