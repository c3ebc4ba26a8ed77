import type { ComparedColumn } from '../core/drift-content.ts'
import type { DriftVerdict } from './judge-drift.ts'

const mostNamed = 5
/** Less is no matter of its own. */
const smallestShare = 0.01
const mostChance = 0.001

/** A verdict in words: what has drifted, also where the table as a whole has not. */
export function tellVerdict({ columns, drifted }: DriftVerdict, share: number): string {
  const changed = columns.filter((column) => column.drifted)
  if (columns.length === 0) return 'There is no column to compare.'
  if (changed.length === 0) return `None of ${countOf(columns.length)} has drifted.`
  const named = changed.slice(0, mostNamed).map(({ column }) => `“${column}”`)
  const more = changed.length > mostNamed ? ` and ${changed.length - mostNamed} more` : ''
  const verb = changed.length === 1 ? 'has' : 'have'
  const which = `${changed.length} of ${countOf(columns.length)} ${verb} drifted: ${named.join(', ')}${more}.`
  return drifted
    ? `${which} The table as a whole has drifted.`
    : `${which} The table as a whole has not: that takes ${Math.ceil(share * columns.length)}.`
}

const countOf = (columns: number): string => (columns === 1 ? '1 column' : `${columns} columns`)

/** What should be known of some columns, each in whole sentences. */
export function noteDrift(columns: readonly ComparedColumn[]): string[] {
  return [
    ...columns.flatMap(({ column, namesRows }) =>
      namesRows
        ? [
            `“${column}” has another value in nearly every row: it names rows or is free text, so that it looks drifted ` +
              'whatever has happened. Give it the role id, or leave it out.',
          ]
        : [],
    ),
    ...columns.flatMap(({ column, missing: { reference, current, pValue } }) =>
      pValue < mostChance && Math.abs(current - reference) >= smallestShare
        ? [`“${column}” is missing in ${percent(current)} of the rows, and was in ${percent(reference)}.`]
        : [],
    ),
    ...columns.flatMap(({ column, unseen = 0, namesRows }) =>
      unseen >= smallestShare && !namesRows
        ? [`${percent(unseen)} of the values of “${column}” do not come in the reference.`]
        : [],
    ),
  ]
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`
