import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { reportDataSchema } from '../core/artifacts.ts'
import { deploymentSpecSchema } from '../core/deployment.ts'
import { deploymentChangeSchema, deploymentInfoSchema, deploymentInputsSchema } from './deployment-info.ts'
import { statisticsPointSchema, statisticsTotalsSchema } from './deployment-statistics.ts'
import { trafficResultsSchema } from './deployment-traffic.ts'
import { rawValueSchema } from './model-details.ts'
import { operation } from './operation.ts'
import { feedbackEntrySchema, logFilterSchema, loggedPredictionSchema } from './prediction-log-contract.ts'

const name = z.string().min(1).max(63)
const byName = z.strictObject({ name })

export const deploymentEventSchema = z.discriminatedUnion('event', [
  /** First of all for each that there is, then at each change. */
  z.strictObject({ event: z.literal('state'), deployment: deploymentInfoSchema }),
  z.strictObject({ event: z.literal('removed'), name: z.string() }),
  /** Once a second for each that runs. */
  z.strictObject({
    event: z.literal('statistics'),
    name: z.string(),
    point: statisticsPointSchema,
    totals: statisticsTotalsSchema,
  }),
])
export type DeploymentEvent = z.infer<typeof deploymentEventSchema>

/** How an endpoint is reached from beyond this machine; never stored. */
const exposureSchema = z.strictObject({
  /** An address of this machine, or `0.0.0.0` for all. Other than the loopback address only with a token. */
  host: z.string().min(1).max(255),
  token: z.string().min(16).max(512).nullable(),
  /** Names by which callers may speak to it, such as `model.example.com:8080`. */
  allowedHosts: z.array(z.string()).max(100),
})

export const triedRowSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('answered'),
    status: z.int(),
    /** Of the whole request, as a caller on this machine sees it. */
    durationMs: z.number(),
    model: z.string(),
    version: z.int(),
    predictionId: z.string(),
    requestId: z.string(),
    isFallback: z.boolean(),
    answer: z.union([z.string(), z.number(), z.null()]),
    /** In the order of the classes; null for numbers. */
    probabilities: z.array(z.strictObject({ class: z.string(), probability: z.number() })).nullable(),
    /** The body as it came. */
    body: z.string(),
  }),
  z.strictObject({
    outcome: z.literal('refused'),
    status: z.int(),
    durationMs: z.number(),
    message: z.string(),
    problems: z.array(z.strictObject({ field: z.string(), message: z.string() })),
    body: z.string(),
  }),
])
export type TriedRow = z.infer<typeof triedRowSchema>

const snippetsSchema = z.strictObject({ curl: z.string(), python: z.string(), javascript: z.string() })
export type Snippets = z.infer<typeof snippetsSchema>

export const deploymentsContract = {
  /** By name. */
  list: operation.output(z.strictObject({ deployments: z.array(deploymentInfoSchema) })),
  show: operation.input(byName).output(
    z.strictObject({
      deployment: deploymentInfoSchema,
      /** Null where its first version is not in the store. */
      inputs: deploymentInputsSchema.nullable(),
      /** The newest first. */
      history: z.array(deploymentChangeSchema),
      /** Of the last ten minutes, the oldest first. */
      points: z.array(statisticsPointSchema),
      totals: statisticsTotalsSchema.nullable(),
    }),
  ),
  /**
   * Makes a deployment, or changes one: it goes over to what is wished for without a request being lost. An equal spec
   * changes nothing. `basedOn` is the revision that a form was filled from: another one by now is an error.
   */
  apply: operation
    .input(z.strictObject({ spec: deploymentSpecSchema, basedOn: z.int().nullable().default(null) }))
    .output(z.strictObject({ deployment: deploymentInfoSchema, changed: z.boolean() })),
  /**
   * Applies and starts it for as long as the connection lives, whether it is switched on or not. Answers at once; what
   * comes of it is told by `events`. What is refused changes nothing, and one that does not come to answer is left as it
   * was before.
   */
  serve: operation
    .input(z.strictObject({ spec: deploymentSpecSchema, exposure: exposureSchema.nullable().default(null) }))
    .output(z.strictObject({ deployment: deploymentInfoSchema })),
  /** Answers at once; what comes of it is told by `events`. */
  switchOn: operation
    .input(z.strictObject({ name, exposure: exposureSchema.nullable().default(null) }))
    .output(
      z.strictObject({
        deployment: deploymentInfoSchema,
        /** False where nobody has asked for `resume` yet (`pipewright run`): it starts with the app. */
        isStarted: z.boolean(),
      }),
    ),
  /** Starts what is switched on, now and from now on: a host does so once somebody who stays has asked for it. */
  resume: operation.output(z.strictObject({})),
  /** Resolves when it has answered what it had accepted, and ended. */
  switchOff: operation.input(byName).output(z.strictObject({ deployment: deploymentInfoSchema })),
  /** With its log. One that is on is switched off first. */
  remove: operation.input(byName).output(z.strictObject({})),
  /** Of one deployment, or of all; until the reader ends it. */
  events: operation
    .input(z.strictObject({ name: name.nullable().default(null) }))
    .output(eventIterator(deploymentEventSchema)),
  /** A page of the log, the newest first. */
  log: operation
    .input(
      z.strictObject({
        name,
        filter: logFilterSchema.prefault({}),
        limit: z.int().min(1).max(1_000),
        /** `next` of the page before; null for the newest. */
        before: z.string().nullable().default(null),
      }),
    )
    .output(
      z.strictObject({
        records: z.array(loggedPredictionSchema),
        /** Where older ones follow; null at the end. */
        next: z.string().nullable(),
      }),
    ),
  /** What is logged from now on, in bunches, until the reader ends it. */
  tail: operation
    .input(z.strictObject({ name, filter: logFilterSchema.prefault({}) }))
    .output(eventIterator(z.strictObject({ records: z.array(loggedPredictionSchema) }))),
  /** One or many. An id says whose it is: also what is no longer in the log, or never came into it, is kept. */
  feedback: operation
    .input(z.strictObject({ name, entries: z.array(feedbackEntrySchema).min(1).max(10_000) }))
    .output(
      z.strictObject({
        accepted: z.int(),
        refused: z.array(z.strictObject({ index: z.int(), message: z.string() })),
      }),
    ),
  traffic: operation.input(byName).output(trafficResultsSchema),
  /** The newest report of each version that is served, as `runs.step` gives reports. */
  verification: operation.input(byName).output(
    z.strictObject({
      reports: z.array(
        z.strictObject({
          model: z.string(),
          version: z.int(),
          artifact: z.string(),
          report: reportDataSchema,
        }),
      ),
    }),
  ),
  /** Replays the reference rows again. */
  verify: operation.input(byName).output(z.strictObject({ deployment: deploymentInfoSchema })),
  /** One raw row through the live endpoint: it is logged like any other. */
  tryIt: operation
    .input(z.strictObject({ name, row: z.record(z.string(), rawValueSchema) }))
    .output(triedRowSchema),
  /** How to ask it, with `row` or a row that stands for others. */
  snippets: operation
    .input(z.strictObject({ name, row: z.record(z.string(), rawValueSchema).exactOptional() }))
    .output(snippetsSchema),
}
