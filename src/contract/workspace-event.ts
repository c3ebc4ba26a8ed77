import { z } from 'zod'
import { deploymentStates } from './deployment-info.ts'
import { runEndStatuses } from './run-event.ts'

/** What happens in a workspace, whoever asked for it. Times are epoch ms. */
export const workspaceEventSchema = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('run-started'),
    at: z.number(),
    run: z.string(),
    pipelineName: z.string(),
    pipelinePath: z.string(),
  }),
  z.strictObject({
    event: z.literal('run-finished'),
    at: z.number(),
    run: z.string(),
    status: z.enum(runEndStatuses),
  }),
  z.strictObject({
    event: z.literal('model-registered'),
    at: z.number(),
    model: z.string(),
    version: z.int(),
  }),
  z.strictObject({
    event: z.literal('deployment-changed'),
    at: z.number(),
    name: z.string(),
    state: z.enum(deploymentStates),
  }),
])
export type WorkspaceEvent = z.infer<typeof workspaceEventSchema>
