import { z } from 'zod'
import { startColumnSchema } from '../core/artifacts.ts'
import { deploymentSpecSchema } from '../core/deployment.ts'
import { rawValueSchema } from './model-details.ts'
import { errorReportSchema } from './error-report.ts'

/**
 * How an endpoint is. `verifying`: it runs, and its answers are compared with those of batch scoring. `degraded`: it
 * answers, though not all of what is wished for does (fewer processes, a version that was refused). `restarting`: no
 * process answers, the next try comes. `draining`: it answers what it has accepted, and ends.
 */
export const deploymentStates = [
  'off',
  'starting',
  'verifying',
  'on',
  'degraded',
  'restarting',
  'draining',
  'failed',
] as const
export type DeploymentState = (typeof deploymentStates)[number]

/**
 * Whether live answers were found bit-identical to batch scoring. `waiting`: there are no reference rows (the training
 * table is gone, or the model is not our own), and `problem` says which.
 */
export const verificationStates = ['none', 'running', 'verified', 'waiting', 'failed'] as const

const verificationSchema = z.strictObject({
  state: z.enum(verificationStates),
  /** Hash of the report artifact. */
  report: z.string().nullable(),
  rows: z.int(),
  /** Epoch ms; null while none was made. */
  at: z.number().nullable(),
  problem: errorReportSchema.nullable(),
})
export type Verification = z.infer<typeof verificationSchema>

export const servedRoles = ['live', 'shadow', 'canary'] as const

const servedSchema = z.strictObject({
  /** As the deployment was told: `name`, `name@alias` or `name:version`. */
  reference: z.string(),
  role: z.enum(servedRoles),
  /** Among those that answer; of a shadow the share that is copied. */
  weight: z.number(),
  /** What the reference means now; null where it means nothing, and `problem` says why. */
  model: z.string().nullable(),
  version: z.int().nullable(),
  artifact: z.string().nullable(),
  /** Whether it answers: a version that the alias has come to mean is loaded and verified first. */
  isServed: z.boolean(),
  /** A canary that was taken out of the traffic. */
  isRolledBack: z.boolean(),
  verification: verificationSchema,
  problem: errorReportSchema.nullable(),
})
export type ServedInfo = z.infer<typeof servedSchema>

/** A deployment: what is wished for, and how it is. Times are epoch ms. */
export const deploymentInfoSchema = z.strictObject({
  name: z.string(),
  spec: deploymentSpecSchema,
  /** Counts up with every change of the spec. */
  revision: z.int(),
  /** What is wished for: it is started again with the app until it is switched off. */
  isOn: z.boolean(),
  state: z.enum(deploymentStates),
  /** Since when it is in this state. */
  since: z.number(),
  /** `http://127.0.0.1:8080`; null while no process listens. */
  address: z.string().nullable(),
  /** `127.0.0.1:8081`; null without gRPC. */
  grpcAddress: z.string().nullable(),
  /** Requests need `Authorization: Bearer` with a token that whoever switched it on has. */
  needsToken: z.boolean(),
  /** It ends with the command `pipewright serve` that started it. */
  isTied: z.boolean(),
  /** Kept between starts; null before the first. */
  port: z.int().nullable(),
  versions: z.array(servedSchema).readonly(),
  processes: z
    .array(
      z.strictObject({
        worker: z.int(),
        pid: z.int().nullable(),
        state: z.enum(['starting', 'ready', 'restarting', 'draining']),
        /** How often it was started again since the deployment was switched on. */
        restarts: z.int(),
      }),
    )
    .readonly(),
  /** Why it is failed, degraded or restarting. */
  error: errorReportSchema.nullable(),
  /** The pipeline and node whose run made it; null where it was made by hand. */
  madeBy: z.strictObject({ pipelineId: z.string(), node: z.string() }).nullable(),
  createdAt: z.number(),
  changedAt: z.number(),
})
export type DeploymentInfo = z.infer<typeof deploymentInfoSchema>

/** What the first live version wants to be asked. */
export const deploymentInputsSchema = z.strictObject({
  inputs: z.array(startColumnSchema).readonly(),
  /** A row that stands for others, for forms and snippets. */
  example: z.record(z.string(), rawValueSchema),
  target: z.strictObject({
    name: z.string(),
    classes: z.array(z.string()).readonly().nullable(),
    positive: z.string().nullable(),
  }),
})
export type DeploymentInputs = z.infer<typeof deploymentInputsSchema>

/** A change of what was wished for. */
export const deploymentChangeSchema = z.strictObject({
  at: z.number(),
  what: z.enum([
    'created',
    'changed',
    'switched-on',
    'switched-off',
    'version-changed',
    'rolled-back',
    'failed',
  ]),
  /** In words. */
  note: z.string(),
  /** Of the spec as it was then. */
  revision: z.int(),
})
export type DeploymentChange = z.infer<typeof deploymentChangeSchema>
