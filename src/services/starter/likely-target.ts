import type { JudgedColumn } from './judge-columns.ts'

const surely = /^(target|label|class|outcome|response|churn(ed)?|survived|default)$/i
const perhaps =
  /(churn|surviv|fraud|spam|default|income|price|cost|amount|value|sales|revenue|count|rating|score|quality|species|diagnosis)/i
const leastPoints = 3

/** The column that is most likely wanted as the target, by its name, place and values; null where none stands out. */
export function likelyTarget(columns: readonly JudgedColumn[]): string | null {
  const rated = columns.flatMap((column, index) => {
    if (column.task === null || column.role === 'id') return []
    const isLast = index === columns.length - 1
    return [{ name: column.name, points: pointsOf(column, { isLast, isFirst: index === 0 }) }]
  })
  // The last of those that are equally likely.
  const best = rated.toReversed().toSorted((a, b) => b.points - a.points)[0]
  return best && best.points >= leastPoints ? best.name : null
}

function pointsOf(
  { name, task, type }: JudgedColumn,
  { isLast, isFirst }: { isLast: boolean; isFirst: boolean },
): number {
  const byName = surely.test(name) ? 10 : perhaps.test(name) ? 5 : 0
  const byPlace = isLast ? 3 : isFirst && task !== 'regression' ? 1 : 0
  const byValues = task === 'binary' ? (type === 'integer' ? 1 : 2) : 0
  return byName + byPlace + byValues
}
