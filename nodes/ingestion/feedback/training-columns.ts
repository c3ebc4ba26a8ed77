import type { Artifact, StartColumn, TableData } from '../../../src/core/artifacts.ts'
import { columnNamed, type Column } from '../../../src/core/columns.ts'
import { PipewrightError } from '../../../src/core/errors.ts'
import type { RunContext } from '../../../src/node-kit/run-context.ts'
import { baseColumns, type FeedbackParams } from './definition.ts'

/** The columns of the rows to learn from, before those that are added; `target` is where the truth stands. */
export interface TrainingColumns {
  columns: Column[]
  startColumns: StartColumn[]
  target: string
}

/** The columns that a model takes, in its order, and its target. */
export async function columnsOfModel(
  { artifacts, node }: Pick<RunContext, 'artifacts' | 'node'>,
  { data }: Artifact<'model'>,
): Promise<TrainingColumns> {
  const { signature, target, task, trainedOn } = data
  const known = await artifacts.read('table', trainedOn).catch((error: unknown) => {
    if (error instanceof PipewrightError && error.code.startsWith('artifact.')) return null
    throw error
  })
  const learned = known && columnNamed(known.data, target.name)?.type
  const type = learned && learned !== 'vector' ? learned : task === 'regression' ? 'number' : 'text'
  const stored = known?.data.startColumns.find(({ name }) => name === target.name)
  const startColumns = [
    ...signature.inputs.filter(({ name }) => name !== target.name),
    stored?.type === type ? stored : { name: target.name, type, source: node },
  ]
  const columns = startColumns.map(({ name, type: each }): Column => ({
    name,
    type: each,
    role: name === target.name ? 'target' : 'feature',
    origin: 'start',
  }))
  return { columns, startColumns, target: target.name }
}

/** The columns of the training table; of a model, its target where the table does not say. */
export function columnsLike(
  { node }: Pick<RunContext, 'node'>,
  { columns: all, startColumns }: TableData,
  { model, params }: { model: Artifact<'model'> | null; params: FeedbackParams },
): TrainingColumns {
  const columns = baseColumns(all, params)
  const target = columns.find(({ role }) => role === 'target')?.name ?? model?.data.target.name ?? ''
  return {
    columns,
    target,
    startColumns: columns.map(({ name, type }) => {
      const stored = startColumns.find((column) => column.name === name)
      const isStored = columnNamed({ columns: all }, name)?.origin === 'start'
      return stored && isStored && stored.type === type
        ? stored
        : { name, type: type as StartColumn['type'], source: node }
    }),
  }
}
