import { z } from 'zod'

/** The names of checks that are no metric of a node. */
export const checkTypes = ['endpoint'] as const

/** A test that serves a model, replays held-out rows through it, and asks it row by row. */
export const endpointCheckSchema = z.strictObject({
  type: z.literal('endpoint'),
  params: z.strictObject({
    /** A registered model: `name`, `name@alias` or `name:version`. */
    model: z.string().min(1, 'Name a registered model.'),
    /** How long 99 of 100 answers may take at most, in ms, as a caller on this machine sees it; not tested when absent. */
    p99Ms: z.number().positive().exactOptional(),
    /** How many rows are asked one by one for that. */
    requests: z.int().min(20).max(100_000).default(300),
  }),
})
export type EndpointCheck = z.output<typeof endpointCheckSchema>['params']
