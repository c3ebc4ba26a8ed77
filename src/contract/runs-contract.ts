import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { reportDataSchema } from '../core/artifacts.ts'
import { documentSchema, findingSchema, parametersSchema } from './document.ts'
import { errorReportSchema } from './error-report.ts'
import { operation } from './operation.ts'
import { testCaseSchema } from './test-case.ts'
import { reasonSchema, runEventSchema, runSummarySchema, stepOutputsSchema } from './run-event.ts'

const stepStates = ['queued', 'running', 'cached', 'done', 'failed', 'skipped', 'cancelled'] as const
const runStatuses = ['running', 'done', 'failed', 'cancelled', 'interrupted'] as const

/** The id of a run, or the beginning of one that is enough to tell it, or `latest`: the newest of a pipeline file. */
const run = z.string().min(1)

export const runInfoSchema = z.strictObject({
  id: z.string(),
  pipelineId: z.string(),
  pipelineName: z.string(),
  parameters: z.record(z.string(), z.json()),
  scope: z.strictObject({
    to: z.array(z.string()).readonly().nullable(),
    from: z.array(z.string()).readonly().nullable(),
  }),
  status: z.enum(runStatuses),
  /** Epoch ms. */
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  /** Null while it runs, and where its host died. */
  summary: runSummarySchema.nullable(),
})
export type RunInfo = z.infer<typeof runInfoSchema>

export const stepInfoSchema = z.strictObject({
  node: z.string(),
  type: z.string(),
  state: z.enum(stepStates),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  attempts: z.int(),
  error: errorReportSchema.nullable(),
  metrics: z.record(z.string(), z.number()),
  outputs: stepOutputsSchema,
})

export type StepInfo = z.infer<typeof stepInfoSchema>

/** A reason as data, and in words. */
const wordedReason = z.strictObject({ reason: reasonSchema, text: z.string() })

export const stepWhySchema = z.strictObject({
  node: z.string(),
  type: z.string(),
  state: z.enum(stepStates),
  reasons: z.array(wordedReason),
})

export const runComparisonSchema = z.strictObject({
  before: runInfoSchema,
  after: runInfoSchema,
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      before: z.unknown().optional(),
      after: z.unknown().optional(),
    }),
  ),
  metrics: z.array(
    z.strictObject({
      node: z.string(),
      name: z.string(),
      before: z.number().nullable(),
      after: z.number().nullable(),
    }),
  ),
  steps: z.array(
    z.strictObject({
      node: z.string(),
      before: z.enum(stepStates).nullable(),
      after: z.enum(stepStates).nullable(),
      reasons: z.array(wordedReason),
      outputs: z
        .array(
          z.strictObject({
            port: z.string(),
            sameContent: z.boolean(),
            rowsBefore: z.int().nullable(),
            rowsAfter: z.int().nullable(),
          }),
        )
        .readonly(),
    }),
  ),
})
export type RunComparisonData = z.infer<typeof runComparisonSchema>

export const reproducedStepSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    node: z.string(),
    kind: z.literal('compared'),
    ports: z
      .array(z.strictObject({ port: z.string(), before: z.string(), now: z.string(), equal: z.boolean() }))
      .readonly(),
  }),
  z.strictObject({ node: z.string(), kind: z.literal('not-repeated') }),
  z.strictObject({ node: z.string(), kind: z.literal('failed'), error: errorReportSchema }),
  z.strictObject({ node: z.string(), kind: z.literal('not-reached') }),
])
export type ReproducedStepData = z.infer<typeof reproducedStepSchema>

export const reproductionEventSchema = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('reproduction-started'), run: runInfoSchema }),
  z.strictObject({
    event: z.literal('reproduction-finished'),
    run: z.string(),
    /** Nothing differs and nothing failed. */
    identical: z.boolean(),
    steps: z.array(reproducedStepSchema).readonly(),
  }),
])

export const runsContract = {
  /**
   * Checks, then runs. Errors among the findings refuse the run; a pipeline that reaches out of the workspace needs
   * `trust`, once. A run that is `tied` is cancelled when the connection that started it is gone.
   */
  start: operation
    .input(
      z.strictObject({
        document: documentSchema,
        parameters: parametersSchema,
        to: z.array(z.string()).exactOptional(),
        from: z.array(z.string()).exactOptional(),
        trust: z.boolean(),
        tied: z.boolean(),
      }),
    )
    .output(
      z.discriminatedUnion('outcome', [
        z.strictObject({
          outcome: z.literal('started'),
          run: z.string(),
          findings: z.array(findingSchema).readonly(),
        }),
        z.strictObject({ outcome: z.literal('refused'), findings: z.array(findingSchema).readonly() }),
      ]),
    ),
  /** Of a run in progress; it ends as `cancelled` within a few seconds. */
  cancel: operation.input(z.strictObject({ run })).output(z.strictObject({})),
  /** The newest first. */
  list: operation
    .input(
      z.strictObject({
        pipelineId: z.string().exactOptional(),
        limit: z.int().min(1).max(1000),
        /** Only runs before this one. */
        before: z.string().exactOptional(),
      }),
    )
    .output(z.strictObject({ runs: z.array(runInfoSchema) })),
  get: operation
    .input(z.strictObject({ run }))
    .output(z.strictObject({ run: runInfoSchema, steps: z.array(stepInfoSchema) })),
  /** The canonical text of the pipeline as it ran. */
  document: operation.input(z.strictObject({ run })).output(z.strictObject({ text: z.string() })),
  /** One step with its reports, by output: a failed check has one too. */
  step: operation.input(z.strictObject({ run, node: z.string() })).output(
    z.strictObject({
      run: runInfoSchema,
      step: stepInfoSchema,
      reports: z.record(z.string(), reportDataSchema),
    }),
  ),
  /** The events after a sequence number, then live ones, up to `run-finished`. */
  events: operation
    .input(z.strictObject({ run, after: z.int().min(0) }))
    .output(eventIterator(runEventSchema)),
  /** Lines of a run's log after a position (0 at first), of one node or of all. The log may still grow. */
  logs: operation.input(z.strictObject({ run, node: z.string().nullable(), after: z.int().min(0) })).output(
    z.strictObject({
      lines: z.array(
        z.strictObject({
          /** Epoch ms. */
          at: z.number(),
          node: z.string(),
          text: z.string(),
        }),
      ),
      /** Where to read on. */
      next: z.int(),
      /** Nothing follows at the moment. */
      isEnd: z.boolean(),
    }),
  ),
  /** What it says of the tests of its pipeline: steps, expectations, model tests, metrics, pinned outputs. */
  tests: operation
    .input(z.strictObject({ run }))
    .output(z.strictObject({ run: runInfoSchema, cases: z.array(testCaseSchema) })),
  why: operation
    .input(z.strictObject({ run, node: z.string().exactOptional() }))
    .output(z.strictObject({ run: runInfoSchema, steps: z.array(stepWhySchema) })),
  /** Without `after`: with the latest run; and that, named alone, with the one before it of its pipeline. */
  compare: operation
    .input(z.strictObject({ before: run, after: run.exactOptional() }))
    .output(runComparisonSchema),
  /** Runs the document of a run again without the cache, and compares every hash. Ends with its reader. */
  reproduce: operation
    .input(z.strictObject({ run, threads: z.int().min(1).exactOptional() }))
    .output(eventIterator(reproductionEventSchema)),
}
