import { checkExpression } from '../../core/expression/check-expression.ts'
import { evaluateExpression } from '../../core/expression/evaluate-expression.ts'
import type { ExpressionValue, TypedExpression } from '../../core/expression/typed-expression.ts'
import type { ColumnType } from '../../core/columns.ts'
import type { ErrorReport } from '../../core/errors.ts'
import type { BusinessMetric } from '../../core/monitor.ts'
import { normal975 } from './judge-quality.ts'
import type { AnswerKind } from './measure-quality.ts'
import type { RowView } from './row-view.ts'
import type { Truth, Truths } from './truths.ts'

export interface MeasuredBusiness {
  value: number
  low: number | null
  high: number | null
  rows: number
}

type NamedColumn = { name: string; type: ColumnType }

/** What an expression may name: the inputs of a model, what it answered and what was said about that. */
export function businessColumns(inputs: readonly NamedColumn[], isText: boolean): NamedColumn[] {
  const answer: ColumnType = isText ? 'text' : 'number'
  const own: NamedColumn[] = [
    { name: 'answer', type: answer },
    { name: 'probability', type: 'number' },
    { name: 'label', type: answer },
    { name: 'score', type: 'number' },
  ]
  return [...inputs.filter(({ name }) => !own.some((column) => column.name === name)), ...own]
}

/** The expression of a metric, typed; of a share it is true or false, else a number or true or false. */
export function businessExpression(
  metric: BusinessMetric,
  columns: readonly NamedColumn[],
): { expression: TypedExpression } | { problem: Pick<ErrorReport, 'message'> } {
  const checked = checkExpression(metric.expression, columns)
  if ('problem' in checked) return checked
  const { type } = checked.expression
  if (metric.aggregate === 'share' && type !== 'boolean')
    return { problem: { message: `“${metric.name}” is a share, but its expression is not true or false.` } }
  if (type !== 'boolean' && type !== 'number' && type !== 'integer')
    return { problem: { message: `The expression of “${metric.name}” gives no number.` } }
  return checked
}

/** Null where no row gives a value, or the expression does not suit the columns that were logged. */
export function measureBusiness(
  metric: BusinessMetric,
  { view, truths, kind }: { view: RowView; truths: Truths; kind: AnswerKind },
): MeasuredBusiness | null {
  const inputs = [...view.columns].map(([name, { type }]) => ({ name, type }))
  const checked = businessExpression(metric, businessColumns(inputs, !(view.answers instanceof Float64Array)))
  if ('problem' in checked) return null
  const values: number[] = []
  for (let place = 0; place < view.rows; place++) {
    const truth = truths.of(place)
    if (metric.over === 'feedback' && !truth) continue
    const value = evaluateExpression(checked.expression, rowAt(view, place, { truth, kind }))
    if (value !== null) values.push(Number(value))
  }
  return values.length === 0 ? null : aggregated(values, metric.aggregate)
}

function rowAt(
  { columns, answers, probabilities }: RowView,
  place: number,
  { truth, kind: { classes, positive } }: { truth: Truth | null; kind: AnswerKind },
): Record<string, ExpressionValue> {
  const row: Record<string, ExpressionValue> = {}
  for (const [name, { type, values }] of columns) {
    const value = values[place]!
    row[name] = type === 'boolean' ? (Number.isNaN(value) ? null : value === 1) : value
  }
  const answer = answers?.[place] ?? null
  const code = positive ?? classes?.indexOf(String(answer)) ?? -1
  row['answer'] = answer
  row['probability'] =
    probabilities && classes && code >= 0 ? probabilities[place * classes.length + code]! : null
  row['label'] = labelOf(truth, typeof answer === 'string')
  row['score'] = truth?.score ?? null
  return row
}

function labelOf(truth: Truth | null, isText: boolean): ExpressionValue {
  const label = truth?.label ?? null
  if (label === null) return null
  return isText ? String(label) : Number(label)
}

function aggregated(values: readonly number[], aggregate: BusinessMetric['aggregate']): MeasuredBusiness {
  const rows = values.length
  const sum = values.reduce((total, value) => total + value, 0)
  if (aggregate === 'sum') return { value: sum, low: null, high: null, rows }
  const mean = sum / rows
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0)
  const half = (normal975 * Math.sqrt(squares / rows)) / Math.sqrt(rows)
  return { value: mean, low: mean - half, high: mean + half, rows }
}
