import type { Shape } from '../core/columns.ts'
import type { Finding } from '../core/finding.ts'
import { nearestName } from '../core/nearest-name.ts'
import { pathInParams, valueAt } from '../core/param-path.ts'
import type { Inspection, TypedNode } from './inspection.ts'

/** For a parameter that names a column which is not there: the column that was probably meant. */
export function columnFix(
  { code, message, param }: { code: string; message: string; param: string | undefined },
  context: { typed: TypedNode; tables: readonly (Shape | undefined)[]; inspection: Inspection },
): Finding['fix'] | undefined {
  const { typed, tables, inspection } = context
  if (code !== 'unknown-column' || param === undefined || typed.isUpgraded) return undefined
  const { params } = inspection.document.nodes[typed.id]!
  const path = pathInParams(params, param)
  const name = path && valueAt(params, path)
  // Elsewhere the parameter holds more than the name, such as an expression.
  if (typeof name !== 'string' || !message.includes(`“${name}”`)) return undefined
  const columns = tables.flatMap((table) => (table?.kind === 'table' ? table.columns : []))
  const near = nearestName(
    name,
    columns.map((column) => column.name),
  )
  if (near === undefined) return undefined
  return {
    title: `Use “${near}”`,
    edits: [{ kind: 'set-param', node: typed.id, path: [...path!], value: near }],
  }
}
