import { z } from 'zod'
import { alertSeverities, builtInChannels } from '../core/alert-rule.ts'
import { deploymentStates } from './deployment-info.ts'
import { runEndStatuses } from './run-event.ts'

/** To be shown: in the app, or by the system that it runs on. A key that was shown is no news. */
const alertFields = {
  at: z.number(),
  channel: z.enum(builtInChannels),
  key: z.string(),
  deployment: z.string(),
  rule: z.string(),
  severity: z.enum(alertSeverities),
  /** In one line. */
  title: z.string(),
  message: z.string(),
}

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
  z.strictObject({ event: z.literal('alert-raised'), ...alertFields }),
  z.strictObject({ event: z.literal('alert-resolved'), ...alertFields }),
  /** Alerts or silences of a deployment are others; null: of any, or how channels do. */
  z.strictObject({ event: z.literal('alerts-changed'), at: z.number(), deployment: z.string().nullable() }),
])
export type WorkspaceEvent = z.infer<typeof workspaceEventSchema>
