import type { Artifact, TableData } from '../../../src/core/artifacts.ts'
import type { Column } from '../../../src/core/columns.ts'
import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import type { ColumnSide } from '../../../src/stats/compare-column.ts'
import { readTrainingSketch } from '../../../src/tables/training-sketch.ts'
import { watchedColumns } from './column-findings.ts'
import type { drift } from './definition.ts'
import type { DriftParams } from './params.ts'
import { readSide, type Room } from './read-side.ts'

type Context = ContextOf<typeof drift>

/** What current rows are compared with: rows of a table, or what a model remembers of those it was trained on. */
export interface Reference {
  columns: readonly Column[]
  /** Null where there are no rows. */
  table: TableData | null
  read(column: Column, room: Room): Promise<ColumnSide>
}

export async function openReference(
  context: Context,
  inputs: {
    reference?: Artifact<'table'> | undefined
    model?: Artifact<'model'> | undefined
    current: Artifact<'table'>
  },
  params: DriftParams,
): Promise<Reference> {
  const current = inputs.current.data
  if (!inputs.reference)
    return openTrainingRows(context, inputs.model ?? (await context.models.resolve(params.model)), {
      current,
      params,
    })
  const table = inputs.reference.data
  return {
    columns: watchedColumns(table, current, params),
    table,
    read: (column, room) => readSide(context, table, { column, rows: params.referenceRows, room }),
  }
}

async function openTrainingRows(
  context: Context,
  model: Artifact<'model'>,
  { current, params }: { current: TableData; params: DriftParams },
): Promise<Reference> {
  const sketch = await readTrainingSketch(context.artifacts.folder(model.hash))
  if (!sketch || sketch.columns.length === 0) context.fail('no-sketch')
  const sketches = new Map(sketch.columns.map((column) => [column.name, column]))
  const remembered = sketch.columns.map(({ name, type }): Column => ({
    name,
    type,
    role: 'feature',
    origin: 'start',
  }))
  const columns = watchedColumns({ columns: remembered }, current, params)
  if (columns.length === 0) context.fail('no-columns')
  return {
    columns,
    table: null,
    read: ({ name }) => Promise.resolve({ rows: sketch.rows, sketch: sketches.get(name)! }),
  }
}
