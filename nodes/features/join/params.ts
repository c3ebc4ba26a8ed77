import { z } from 'zod'

const joinKinds = ['inner', 'left', 'right', 'full', 'semi', 'anti', 'cross'] as const

export const joinParams = z.strictObject({
  kind: z
    .enum(joinKinds)
    .default('left')
    .meta({
      title: 'Kind',
      description:
        'Inner: rows with a match. Left, right, full: also the rows of the left, the right, or either table that have ' +
        'none. Semi and anti: rows of the left table with, or without, a match, and no column of the right. Cross: ' +
        'each row with each.',
    }),
  keys: z
    .array(
      z.strictObject({
        left: z
          .string()
          .meta({ title: 'Left', description: 'A column of the left table.', widget: 'column' }),
        right: z.string().optional().meta({
          title: 'Right',
          description: 'The column of the right table; of the same name when left empty.',
          widget: 'column',
        }),
      }),
    )
    .default([])
    .meta({
      title: 'Keys',
      description: 'Rows match where all of these are equal. A missing value matches nothing.',
    }),
  suffix: z.string().min(1).default('_right').meta({
    title: 'Suffix',
    description: 'What is added to the name of a column of the right table that the left table has too.',
  }),
  maximumRows: z.int().min(1).default(50_000_000).meta({
    title: 'Most rows',
    description: 'The step fails, before it writes any, where more rows than this would match.',
    unit: 'rows',
  }),
})
export type JoinParams = z.output<typeof joinParams>
