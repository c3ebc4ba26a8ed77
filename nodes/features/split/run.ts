import type { TableData } from '../../../src/core/artifacts.ts'
import { columnNamed, type Column, type SplitPart } from '../../../src/core/columns.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { readColumns } from '../../../src/recipe/read-columns.ts'
import { splitRows, type ColumnValues } from '../../../src/tables/split-rows.ts'
import { writeSplit } from '../../../src/tables/write-split.ts'
import { writeTableArtifact } from '../../../src/tables/write-table.ts'
import { split, splitColumn, type SplitParams } from './definition.ts'

export const run = defineRun(split, async ({ table }, params, context) => {
  const name = splitColumn(table.data, params)
  const column = name === undefined ? undefined : columnNamed(table.data, name)
  const values = column ? await allValues(context, table.data, column) : null
  const parts = partsOf(params, {
    rows: table.data.rows.count,
    column,
    values,
    seed: context.seed + params.seedOffset,
  })
  return { table: await writeTableArtifact(context, await writeSplit(context, table.data, parts)) }
})

interface Rows {
  rows: number
  column: Column | undefined
  /** Of the column; null where the split goes by none. */
  values: ColumnValues | null
  seed: number
}

function partsOf(params: SplitParams, { rows, column, values, seed }: Rows): Uint8Array {
  const { method, test, validation } = params
  const shares = { train: 1 - test - validation, validation, test }
  switch (method) {
    case 'random':
      return splitRows({ by: 'chance', rows, shares, seed })
    case 'stratified':
      return splitRows({ by: 'class', values: values!, shares, seed })
    case 'group':
      return splitRows({ by: 'group', values: values!, shares, seed })
    case 'order':
      return splitRows({ by: 'order', values, rows, shares })
    case 'column': {
      const parts = splitRows({ by: 'value', values: values!, parts: partByValue(params, column!) })
      return params.values.validation.length > 0 ? parts : withValidation(parts, validation, seed)
    }
  }
}

/** The chosen values as the column's values are written in numbers: 1 for true, epoch milliseconds for a date. */
function partByValue({ values }: SplitParams, { type }: Column): Record<string, SplitPart> {
  const written = (value: string): string => {
    if (type === 'boolean') return value === 'true' ? '1' : '0'
    return type === 'date' || type === 'datetime' ? String(Date.parse(value)) : value
  }
  return Object.fromEntries(
    (['train', 'validation', 'test'] as const).flatMap((part) =>
      values[part].map((value) => [written(value), part]),
    ),
  )
}

/** Moves a share of the train rows, taken at random, to validation. */
function withValidation(parts: Uint8Array, share: number, seed: number): Uint8Array {
  if (share === 0) return parts
  const trainRows = parts.reduce((count, part) => count + (part === 0 ? 1 : 0), 0)
  const shares = { train: 1 - share, validation: share, test: 0 }
  const moved = splitRows({ by: 'chance', rows: trainRows, shares, seed })
  let next = 0
  return parts.map((part) => (part === 0 ? moved[next++]! : part))
}

async function allValues(context: RunContext, table: TableData, column: Column): Promise<ColumnValues> {
  const texts: string[] = []
  const numbers = new Float64Array(column.type === 'text' ? 0 : table.rows.count)
  for await (const chunk of readColumns(context, table, { columns: [column.name], rows: 'all' })) {
    const values = chunk.columns[column.name]!
    if (values instanceof Float64Array) numbers.set(values, chunk.firstRow)
    else texts.push(...values)
  }
  return column.type === 'text' ? texts : numbers
}
