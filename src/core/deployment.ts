import { z } from 'zod'

/** Which version a deployment serves, as what. References are `name`, `name@alias` or `name:version`. */
const servedVersionSchema = z.strictObject({
  reference: z.string().min(1, 'Choose a version.'),
  /**
   * `live` answers its share of the traffic. `shadow` gets a copy, is compared and never returned. `canary` answers its
   * share for as long as it does no worse than the live ones.
   */
  role: z.enum(['live', 'shadow', 'canary']).default('live'),
  /** Share of the traffic among those that answer, by weight. Of a shadow: the share that is copied, 0 to 1. */
  weight: z.number().min(0).max(1_000_000).default(1),
})

/** What is answered when the model fails or takes too long; such answers are marked. */
const fallbackSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** A label, or a number for a model that answers with numbers. */
  z.strictObject({ kind: z.literal('constant'), answer: z.union([z.string(), z.number()]) }),
  z.strictObject({ kind: z.literal('version'), reference: z.string().min(1) }),
  /** An expression over the columns of the request. */
  z.strictObject({ kind: z.literal('rule'), expression: z.string().min(1) }),
])

const predictionLogSchema = z.strictObject({
  /** Share of the requests that is logged; 0 logs none. */
  share: z.number().min(0).max(1).default(1),
  keepDays: z.number().positive().default(90),
  keepMb: z.number().positive().default(2_048),
  /** Columns whose values are never written. */
  neverLogged: z.array(z.string()).default([]),
})

const canarySchema = z.strictObject({
  /** Requests to the canary before it is judged. */
  minimumRequests: z.int().positive().default(200),
  /** Points by which its share of errors may be above that of the live versions. */
  errorMargin: z.number().min(0).max(1).default(0.02),
  /** Times the live versions' 95th percentile that its own may take. */
  latencyFactor: z.number().min(1).default(1.5),
})

/** The desired state of an endpoint: what it serves and how. Whether it is on is kept beside it. */
export const deploymentSpecSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'Small letters, digits and “-”, at most 63.'),
  versions: z.array(servedVersionSchema).min(1).max(8),
  /** Null: any that is free, and the same again at the next start. */
  port: z.int().min(1).max(65_535).nullable().default(null),
  /** Of gRPC. Null: without it; 0: any that is free, and the same again at the next start. */
  grpcPort: z.int().min(0).max(65_535).nullable().default(null),
  /** Processes that answer. Null: one a core. */
  workers: z.int().min(1).max(64).nullable().default(null),
  /** A column, or `header:NAME`, that decides which version answers: the same value, the same version. */
  stickyBy: z.string().nullable().default(null),
  timeoutMs: z.int().min(10).max(600_000).default(10_000),
  fallback: fallbackSchema.default({ kind: 'none' }),
  log: predictionLogSchema.default({ share: 1, keepDays: 90, keepMb: 2_048, neverLogged: [] }),
  canary: canarySchema.default({ minimumRequests: 200, errorMargin: 0.02, latencyFactor: 1.5 }),
})
export type DeploymentSpec = z.infer<typeof deploymentSpecSchema>
export type ServedVersion = DeploymentSpec['versions'][number]
