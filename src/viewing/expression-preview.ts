import type { ExpressionPreview } from '../contract/expressions-contract.ts'
import { columnNamed } from '../core/columns.ts'
import { checkExpression } from '../core/expression/check-expression.ts'
import { evaluateExpression } from '../core/expression/evaluate-expression.ts'
import { columnsOfExpression, type ExpressionValue } from '../core/expression/typed-expression.ts'
import { cellOf, type RawCell } from './cells.ts'
import type { OpenTable } from './open-table.ts'
import { readRows } from './read-rows.ts'
import { placesBetween } from './table-page.ts'

/** What an expression gives for the first rows of a table, or what is wrong with it. */
export async function expressionPreview(
  table: OpenTable,
  { text, rows }: { text: string; rows: number },
): Promise<ExpressionPreview> {
  const { data } = table
  const checked = checkExpression(text, data.columns)
  if ('problem' in checked) return { outcome: 'problem', problem: checked.problem }
  const { expression } = checked
  const columns = [...new Set(columnsOfExpression(expression))].map((name) => columnNamed(data, name)!)
  const places = placesBetween(0, Math.min(rows, data.rows.count))
  const { values } = await readRows(table, { columns, places })
  return {
    outcome: 'computed',
    type: expression.type,
    columns,
    rows: Array.from(places, (_, row) => {
      const given = columns.map(({ name }) => [name, valueOf(values.get(name)![row]!)])
      const value = evaluateExpression(expression, Object.fromEntries(given))
      return {
        cells: columns.map(({ name, type }) => cellOf(type, values.get(name)![row]!)),
        value: cellOf(expression.type, value),
      }
    }),
  }
}

/** No vector is a column of an expression. */
function valueOf(value: RawCell): ExpressionValue {
  return typeof value === 'bigint' ? Number(value) : (value as ExpressionValue)
}
