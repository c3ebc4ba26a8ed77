import { quoteText, quoteTexts } from '../../../src/tables/quote.ts'
import type { RowExpectation } from './row-check.ts'

export type TextExpectation = Extract<
  RowExpectation,
  {
    expectation:
      | 'expect_column_values_to_match_like_pattern'
      | 'expect_column_values_to_not_match_like_pattern'
      | 'expect_column_values_to_match_like_pattern_list'
      | 'expect_column_values_to_not_match_like_pattern_list'
      | 'expect_column_values_to_match_strftime_format'
      | 'expect_column_values_to_be_dateutil_parseable'
      | 'expect_column_values_to_be_json_parseable'
  }
>

/** True where a text is not written as expected, in SQL. */
export function unexpectedText(expectation: TextExpectation, value: string): string {
  const isLike = (pattern: string): string => `${value} LIKE ${quoteText(pattern)}`
  switch (expectation.expectation) {
    case 'expect_column_values_to_match_like_pattern':
      return `NOT (${isLike(expectation.like_pattern)})`
    case 'expect_column_values_to_not_match_like_pattern':
      return isLike(expectation.like_pattern)
    case 'expect_column_values_to_match_like_pattern_list': {
      const all = expectation.like_pattern_list.map(isLike)
      return `NOT (${all.join(expectation.match_on === 'any' ? ' OR ' : ' AND ')})`
    }
    case 'expect_column_values_to_not_match_like_pattern_list':
      return expectation.like_pattern_list.map(isLike).join(' OR ')
    case 'expect_column_values_to_match_strftime_format':
      return `try_strptime(${value}, ${quoteText(expectation.strftime_format)}) IS NULL`
    case 'expect_column_values_to_be_dateutil_parseable':
      return `try_strptime(trim(regexp_replace(${value}, 'Z$', '+00')), ${quoteTexts(usualFormats)}) IS NULL`
    case 'expect_column_values_to_be_json_parseable':
      return `NOT json_valid(${value}) OR ${hasTrailingComma(value)}`
  }
}

/** DuckDB takes them for JSON. Texts in quotes are left out before looking. */
function hasTrailingComma(value: string): string {
  const quoted = quoteText(String.raw`"(?:[^"\\]|\\.)*"`)
  const comma = quoteText(String.raw`,\s*[\]}]`)
  return `regexp_matches(regexp_replace(${value}, ${quoted}, '""', 'g'), ${comma})`
}

const days = [
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%Y.%m.%d',
  '%Y%m%d',
  '%d.%m.%Y',
  '%d/%m/%Y',
  '%m/%d/%Y',
  '%d-%m-%Y',
  '%m-%d-%Y',
  '%d %b %Y',
  '%d %B %Y',
  '%b %d %Y',
  '%b %d, %Y',
  '%B %d %Y',
  '%B %d, %Y',
  '%a, %d %b %Y',
  '%d-%b-%Y',
]
const times = ['%H:%M', '%H:%M:%S', '%H:%M:%S.%f', '%I:%M %p', '%I:%M:%S %p']
const zones = ['', '%z', ' %z']

/** Whole dates, alone or with a time of day and an offset. */
const usualFormats: readonly string[] = [
  ...days,
  ...days.flatMap((day) =>
    times.flatMap((time) => zones.flatMap((zone) => [`${day} ${time}${zone}`, `${day}T${time}${zone}`])),
  ),
  '%a %b %d %H:%M:%S %Y',
]
