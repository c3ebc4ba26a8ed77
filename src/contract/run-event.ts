import { z } from 'zod'
import { errorReportSchema } from './error-report.ts'

const artifactKinds = ['table', 'model', 'report', 'rows', 'split'] as const

const stepOutputSchema = z.strictObject({
  kind: z.enum(artifactKinds),
  hash: z.string(),
  rows: z.int().exactOptional(),
})
/** What a step gave, by output port. */
export const stepOutputsSchema = z.record(z.string(), stepOutputSchema)
const metrics = z.record(z.string(), z.number())

/** Why a step ran, or need not. */
export const reasonSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('parameter'),
    param: z.string(),
    // A parameter that is not set has no value, and JSON no word for that.
    before: z.unknown().optional(),
    after: z.unknown().optional(),
  }),
  z.strictObject({ kind: z.literal('seed'), before: z.number(), after: z.number() }),
  z.strictObject({
    kind: z.literal('input'),
    port: z.string(),
    from: z.string(),
    how: z.enum(['ran-again', 'connected-to-another', 'connected']),
  }),
  z.strictObject({ kind: z.literal('input-gone'), port: z.string() }),
  z.strictObject({ kind: z.literal('file'), path: z.string() }),
  z.strictObject({ kind: z.literal('file-added'), path: z.string() }),
  z.strictObject({ kind: z.literal('file-removed'), path: z.string() }),
  z.strictObject({ kind: z.literal('log'), deployment: z.string() }),
  z.strictObject({ kind: z.literal('node-type'), before: z.string(), after: z.string() }),
  z.strictObject({ kind: z.literal('node-version'), before: z.number(), after: z.number() }),
  z.strictObject({ kind: z.literal('node-code') }),
  z.strictObject({ kind: z.literal('library'), name: z.string(), before: z.string(), after: z.string() }),
  z.strictObject({ kind: z.literal('moved'), before: z.string(), after: z.string() }),
  z.strictObject({ kind: z.literal('never-ran') }),
  z.strictObject({ kind: z.literal('result-gone') }),
  z.strictObject({ kind: z.literal('effect-gone'), what: z.string() }),
  z.strictObject({ kind: z.literal('forced') }),
  z.strictObject({ kind: z.literal('items') }),
  z.strictObject({ kind: z.literal('engine') }),
  z.strictObject({ kind: z.literal('unchanged'), run: z.string() }),
  z.strictObject({ kind: z.literal('as-before'), at: z.number() }),
])

const skipCauseSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('disabled') }),
  z.strictObject({ kind: z.literal('needs-disabled'), node: z.string() }),
  z.strictObject({ kind: z.literal('upstream-failed'), node: z.string() }),
  z.strictObject({ kind: z.literal('reader-failed'), node: z.string() }),
  z.strictObject({ kind: z.literal('not-taken'), node: z.string() }),
])

const noteFields = { level: z.enum(['info', 'warning']), message: z.string() }

const effectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: z.string(), sha256: z.string(), sizeBytes: z.number() }),
  z.strictObject({
    kind: z.literal('registered-model'),
    model: z.string(),
    version: z.int(),
    artifact: z.string(),
  }),
  z.strictObject({
    kind: z.literal('deployment'),
    name: z.string(),
    wish: z.string(),
    isOn: z.boolean().nullable(),
  }),
  z.strictObject({ kind: z.literal('retraining'), deployment: z.string(), wish: z.string() }),
  z.strictObject({ kind: z.literal('monitor'), deployment: z.string(), wish: z.string() }),
  z.strictObject({ kind: z.literal('notification'), message: z.string(), isOfFailure: z.boolean() }),
  z.strictObject({ kind: z.literal('used-model'), reference: z.string(), artifact: z.string() }),
])

export const runEndStatuses = ['done', 'failed', 'cancelled'] as const

export const runSummarySchema = z.strictObject({
  status: z.enum(runEndStatuses),
  executed: z.int(),
  cached: z.int(),
  failed: z.int(),
  skipped: z.int(),
  /** `<nodeId>.<metric>`. */
  metrics,
  durationMs: z.number(),
  errors: z.array(errorReportSchema).readonly(),
})
export type RunSummaryData = z.infer<typeof runSummarySchema>

/** Of every event: its run, its number in the run (progress has that of the event before), epoch ms. */
const head = { run: z.string(), sequence: z.int(), at: z.number() }
const step = { ...head, node: z.string() }

/** Inputs first. */
const startedSteps = z
  .array(
    z.strictObject({
      node: z.string(),
      type: z.string(),
      title: z.string(),
      needs: z.array(z.string()).readonly(),
    }),
  )
  .readonly()

/** What happens in a run. A client that was cut off resumes after the last `sequence` it saw. */
export const runEventSchema = z.discriminatedUnion('event', [
  z.strictObject({
    event: z.literal('run-started'),
    ...head,
    pipelineId: z.string(),
    pipelineName: z.string(),
    pipelinePath: z.string(),
    steps: startedSteps,
    logFile: z.string(),
  }),
  z.strictObject({ event: z.literal('steps-added'), ...step, steps: startedSteps }),
  z.strictObject({ event: z.literal('step-queued'), ...step, reasons: z.array(reasonSchema).readonly() }),
  z.strictObject({
    event: z.literal('step-started'),
    ...step,
    threads: z.int(),
    memoryMb: z.number(),
    attempt: z.int(),
  }),
  z.strictObject({
    event: z.literal('step-progress'),
    ...step,
    share: z.number().exactOptional(),
    rows: z.int().exactOptional(),
    note: z.string().exactOptional(),
  }),
  z.strictObject({
    event: z.literal('step-cached'),
    ...step,
    reason: reasonSchema,
    outputs: stepOutputsSchema,
    metrics,
    notes: z.array(z.strictObject(noteFields)).readonly(),
  }),
  z.strictObject({ event: z.literal('step-note'), ...step, ...noteFields }),
  z.strictObject({
    event: z.literal('step-retried'),
    ...step,
    error: errorReportSchema,
    delayMs: z.number(),
  }),
  z.strictObject({
    event: z.literal('step-finished'),
    ...step,
    outputs: stepOutputsSchema,
    metrics,
    effects: z.array(effectSchema).readonly(),
    durationMs: z.number(),
  }),
  z.strictObject({
    event: z.literal('step-failed'),
    ...step,
    error: errorReportSchema,
    outputs: stepOutputsSchema,
    durationMs: z.number(),
  }),
  z.strictObject({ event: z.literal('failure-handled'), ...step, by: z.array(z.string()).readonly() }),
  z.strictObject({ event: z.literal('step-skipped'), ...step, cause: skipCauseSchema }),
  z.strictObject({ event: z.literal('step-cancelled'), ...step }),
  z.strictObject({ event: z.literal('run-finished'), ...head, ...runSummarySchema.shape }),
])
export type RunEventData = z.infer<typeof runEventSchema>
