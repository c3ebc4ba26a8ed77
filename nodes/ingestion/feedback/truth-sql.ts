import type { StartColumn } from '../../../src/core/artifacts.ts'
import { quoteText } from '../../../src/tables/quote.ts'

/**
 * The truth as a value of the target, out of the texts `label` and `answer` and the number `is_right`; null where it does
 * not follow, or is no value of the type. Of two classes, what is wrong is the other one.
 */
export function truthSql(type: StartColumn['type'], classes: readonly string[]): string {
  const [first, second] = classes.map(quoteText)
  const judged =
    classes.length === 2
      ? `WHEN is_right = 1 THEN answer
         WHEN is_right = 0 AND answer = ${first} THEN ${second}
         WHEN is_right = 0 AND answer = ${second} THEN ${first}`
      : ''
  return typedSql(`(CASE WHEN label IS NOT NULL THEN label ${judged} END)`, type)
}

function typedSql(text: string, type: StartColumn['type']): string {
  const number = `TRY_CAST(${text} AS DOUBLE)`
  switch (type) {
    case 'text':
      return text
    case 'number':
      return `CASE WHEN isfinite(${number}) THEN ${number} END`
    case 'integer':
      return `CASE WHEN ${number} = trunc(${number}) THEN TRY_CAST(${number} AS BIGINT) END`
    case 'boolean':
      return `CASE lower(${text}) WHEN 'true' THEN true WHEN 'false' THEN false WHEN '1' THEN true WHEN '0' THEN false END`
    case 'date':
      return `TRY_CAST(${text} AS DATE)`
    case 'datetime':
      return `TRY_CAST(${text} AS TIMESTAMP)`
  }
}
