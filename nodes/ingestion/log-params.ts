import { z } from 'zod'
import { columnNamed, type Column } from '../../src/core/columns.ts'

/** Which part of the log of a deployment is read, and how its rows are told apart. */
export const logParams = {
  deployment: z.string().min(1, 'Name a deployment.').meta({
    title: 'Deployment',
    description: 'Whose answers, by its name.',
  }),
  window: z.enum(['all', 'days', 'rows']).default('all').meta({
    title: 'Window',
    description: 'All rows, those of the last days before the newest one, or the newest rows.',
  }),
  days: z.number().positive().default(90).meta({
    title: 'Days',
    description: 'How far a window of days reaches back from the newest row.',
    unit: 'days',
  }),
  rows: z.int().min(1).default(10_000).meta({
    title: 'Rows',
    description: 'How many rows a window of rows has at most.',
    unit: 'rows',
  }),
  idColumn: z.string().default('prediction_id').meta({
    title: 'Column of ids',
    description: 'The column with the id of each prediction; none when left empty.',
  }),
  timeColumn: z.string().default('prediction_time').meta({
    title: 'Column of times',
    description: 'The column with the time of each answer, in UTC; none when left empty.',
  }),
}

/** The columns that say which answer a row is. */
export const answerColumns = ({
  idColumn,
  timeColumn,
}: {
  idColumn: string
  timeColumn: string
}): Column[] => [
  ...(idColumn === '' ? [] : [{ name: idColumn, type: 'text', role: 'ignore', origin: 'start' } as const]),
  ...(timeColumn === ''
    ? []
    : [{ name: timeColumn, type: 'datetime', role: 'ignore', origin: 'start' } as const]),
]

/** The first of the added columns whose name is taken. */
export const takenName = (base: readonly Column[], added: readonly Column[]): string | undefined =>
  added.find(
    ({ name }, index) => columnNamed({ columns: [...base, ...added.slice(0, index)] }, name) !== undefined,
  )?.name
