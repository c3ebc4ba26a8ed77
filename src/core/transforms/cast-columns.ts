import type { Column, ColumnType } from '../columns.ts'
import { madeFromEach, remade, wrongType, type MadeColumns } from './made-column.ts'
import type { TransformParams } from './transform-step.ts'

/**
 * - `keep`: the numbers stay. A boolean is 0 or 1; dates and times are epoch milliseconds (UTC).
 * - `round`: to the nearest whole number, halves to the even one; infinities become null.
 * - `truth`: 0 is false, every other number true.
 * - `day`: down to the midnight before, UTC; infinities become null.
 * - `digits`: a whole number in decimal digits. `words`: `true` or `false`.
 */
export type CastMethod = 'keep' | 'round' | 'truth' | 'day' | 'digits' | 'words'

const methods: Partial<Record<ColumnType, Partial<Record<ColumnType, CastMethod>>>> = {
  number: { number: 'keep', integer: 'round', boolean: 'truth', date: 'day', datetime: 'round' },
  integer: {
    number: 'keep',
    integer: 'keep',
    boolean: 'truth',
    date: 'day',
    datetime: 'keep',
    text: 'digits',
  },
  boolean: { number: 'keep', integer: 'keep', boolean: 'keep', text: 'words' },
  date: { number: 'keep', integer: 'keep', date: 'keep', datetime: 'keep' },
  datetime: { number: 'keep', integer: 'keep', date: 'day', datetime: 'keep' },
  text: { text: 'keep' },
}

/** How a type becomes another inside a model, or undefined where it cannot. */
export function castMethod(from: ColumnType, to: ColumnType): CastMethod | undefined {
  return methods[from]?.[to]
}

export function castColumns(
  columns: readonly Column[],
  { columns: names, to }: TransformParams<'cast'>,
): MadeColumns {
  return madeFromEach(columns, names, (column) => {
    if (castMethod(column.type, to)) return [{ column: remade(column, to), from: [column.name] }]
    const [reason, remedy] = whyNot(column.type, to)
    return wrongType(column, reason, remedy)
  })
}

function whyNot(from: ColumnType, to: ColumnType): [reason: string, remedy: string] {
  if (from === 'text')
    return [
      'a model cannot read other types out of a text',
      `Let the reader of the source read the column as ${to}; its rules are then used for serving too.`,
    ]
  if (from === 'vector') return ['they have no other type', 'Choose the column before it was encoded.']
  if (to === 'text' && from === 'number')
    return [
      'a model would write 0.1 as 0.10000000000000001',
      'Cast to integer first, or encode the numbers as they are.',
    ]
  if (to === 'text')
    return ['a model cannot write dates', 'Let the reader of the source read the column as text.']
  if (from === 'boolean') return ['they are no dates', 'Choose another type.']
  return ['no date is true or false', 'Compare the dates in a derived column.']
}
