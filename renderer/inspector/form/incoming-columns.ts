import type { Column, Shape } from '../../../src/core/columns.ts'

/** What a form knows of the columns that its fields name. */
export interface IncomingColumns {
  columns: readonly Column[]
  /** False where the columns cannot be known before something ran: then any name may be typed. */
  known: boolean
}

export interface NodeShapes {
  inputs: Readonly<Record<string, readonly Shape[]>>
  outputs: Readonly<Record<string, Shape>>
}

/**
 * The columns that a field called `name` chooses from: those of the input of the same name (the `left` of a join), else
 * those of all incoming tables; of a node that reads no table, the columns that it gives.
 */
export function columnsForField(shapes: NodeShapes | null, name: string): IncomingColumns {
  if (!shapes) return nothingKnown
  const named = tablesAmong(shapes.inputs[name] ?? [])
  if (named.length > 0) return joined(named)
  const incoming = tablesAmong(Object.values(shapes.inputs).flat())
  return joined(incoming.length > 0 ? incoming : tablesAmong(Object.values(shapes.outputs)))
}

const nothingKnown: IncomingColumns = { columns: [], known: false }

type Table = Extract<Shape, { kind: 'table' }>

const tablesAmong = (shapes: readonly Shape[]): Table[] =>
  shapes.filter((shape): shape is Table => shape.kind === 'table')

function joined(tables: readonly Table[]): IncomingColumns {
  const byName = new Map(tables.flatMap(({ columns }) => columns.map((column) => [column.name, column])))
  return { columns: [...byName.values()], known: tables.length > 0 && tables.every(({ known }) => known) }
}
