import type { ReaderRule } from '../core/artifacts.ts'
import { dateGrammar, isoPatterns, type DateField } from './date-grammar.ts'
import { quoteText } from './quote.ts'

/**
 * A text that matches the date grammar of a rule as DATE or TIMESTAMP, else `otherwise`. The pattern tells texts
 * apart, then the text is rewritten to a form that DuckDB reads, and DuckDB says whether there is such a day.
 */
export function dateSql(
  text: string,
  column: { type: 'date' | 'datetime'; rule: ReaderRule },
  otherwise: string,
): string {
  const cases = readings(column).map(({ pattern, rewritten, cast }) => {
    const anchored = quoteText(`^(?:${pattern})$`)
    const iso = rewritten === null ? text : `regexp_replace(${text}, ${anchored}, ${quoteText(rewritten)})`
    // DuckDB takes the year 0000 for 1 BC.
    const is = `regexp_full_match(${text}, ${quoteText(pattern)}) AND NOT starts_with(${iso}, '0000')`
    return `WHEN ${is} THEN coalesce(TRY_CAST(${iso} AS ${cast})::${column.type === 'date' ? 'DATE' : 'TIMESTAMP'}, ${otherwise})`
  })
  return `CASE ${cases.join(' ')} ELSE ${otherwise} END`
}

interface Reading {
  pattern: string
  /** With `\1` for a group of the pattern; null where the text can stay. */
  rewritten: string | null
  cast: 'DATE' | 'TIMESTAMP' | 'TIMESTAMPTZ'
}

function readings({ type, rule }: { type: 'date' | 'datetime'; rule: ReaderRule }): Reading[] {
  if (rule.format !== undefined) return [readingOfFormat(type, rule)]
  const { date, minutes, seconds, fraction, offset } = isoPatterns
  if (type === 'date') return [{ pattern: date, rewritten: null, cast: 'DATE' }]
  // The most frequent form first. Each `(…)` of these patterns is one of the fields in their order.
  return [
    { pattern: `${date}[T ]${minutes}:${seconds}`, rewritten: null, cast: 'TIMESTAMP' },
    { pattern: date, rewritten: null, cast: 'TIMESTAMP' },
    {
      pattern: `${date}[T ]${minutes} ?${offset}`,
      rewritten: String.raw`\1-\2-\3 \4:\5:00\6`,
      cast: 'TIMESTAMPTZ',
    },
    {
      pattern: `${date}[T ]${minutes}:${seconds} ?${offset}`,
      rewritten: String.raw`\1-\2-\3 \4:\5:\6\7`,
      cast: 'TIMESTAMPTZ',
    },
    {
      pattern: `${date}[T ]${minutes}:${seconds}${fraction} ?${offset}`,
      rewritten: String.raw`\1-\2-\3 \4:\5:\6.\7\8`,
      cast: 'TIMESTAMPTZ',
    },
  ]
}

function readingOfFormat(type: 'date' | 'datetime', rule: ReaderRule): Reading {
  const { pattern, fields } = dateGrammar(type, rule)
  const field = (name: DateField, absent: string): string =>
    fields.includes(name) ? `\\${fields.indexOf(name) + 1}` : absent
  const date = `${field('year', '')}-${field('month', '')}-${field('day', '')}`
  if (type === 'date') return { pattern, rewritten: date, cast: 'DATE' }
  const time = `${field('hour', '00')}:${field('minute', '00')}:${field('second', '00')}.${field('fraction', '0')}`
  return { pattern, rewritten: `${date} ${time}`, cast: 'TIMESTAMP' }
}
