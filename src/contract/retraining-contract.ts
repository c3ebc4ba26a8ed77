import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { jsonSchema } from '../core/pipeline.ts'
import { retrainingPolicySchema } from '../core/retraining.ts'
import { operation } from './operation.ts'

export const retrainingCauses = ['labels', 'drift', 'quality', 'schedule', 'hand'] as const
/**
 * `train`: the pipeline runs, and moves no alias. `judge`: challenger against champion. `trial`: a canary or shadow.
 * `approve`: somebody has to say yes. `promote`: the alias is moved. `probation`: the champion before may still come back.
 */
export const retrainingSteps = ['train', 'judge', 'trial', 'approve', 'promote', 'probation'] as const
export const retrainingOutcomes = ['promoted', 'rejected', 'rolled-back', 'abandoned', 'cancelled'] as const

/** One thing that a challenger was held against. */
export const judgedCheckSchema = z.strictObject({
  check: z.enum(['frozen', 'newest', 'latency', 'size', 'slice']),
  /** Null: it was looked at, and decides nothing. */
  isPassed: z.boolean().nullable(),
  /** In words, with the numbers. */
  reason: z.string(),
  metric: z.string().nullable(),
  champion: z.number().nullable(),
  challenger: z.number().nullable(),
  /** By how much the challenger is better, with the ends of its interval; below 0 it is worse. */
  gain: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  rows: z.int().nullable(),
  /** Rows left out, as a model had learned from them. */
  excluded: z.int().nullable(),
  /** `column = value` of a slice. */
  slice: z.string().nullable(),
})
export type JudgedCheck = z.infer<typeof judgedCheckSchema>

export const retrainingStepSchema = z.strictObject({
  step: z.enum(retrainingSteps),
  state: z.enum(['running', 'done', 'failed']),
  reason: z.string(),
  run: z.string().nullable(),
  /** Of `judge`, what it was held against. */
  checks: z.array(judgedCheckSchema),
  details: z.record(z.string(), jsonSchema),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
})
export type RetrainingStep = z.infer<typeof retrainingStepSchema>

/** One attempt at a better model. Times are epoch ms. */
export const retrainingJobSchema = z.strictObject({
  number: z.int(),
  deployment: z.string(),
  /** Of the registered model. */
  model: z.string(),
  alias: z.string(),
  cause: z.enum(retrainingCauses),
  causeReason: z.string(),
  askedBy: z.string().nullable(),
  /** Null at the end. */
  step: z.enum(retrainingSteps).nullable(),
  /** Null while it goes on. */
  outcome: z.enum(retrainingOutcomes).nullable(),
  /** What it waits for, or why it ended so. */
  reason: z.string(),
  champion: z.int().nullable(),
  challenger: z.int().nullable(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  steps: z.array(retrainingStepSchema),
})
export type RetrainingJob = z.infer<typeof retrainingJobSchema>

/** How near a reason to retrain is. */
export const retrainingReasonSchema = z.strictObject({
  cause: z.enum(['labels', 'drift', 'quality', 'schedule']),
  /** Of `labels` and `drift`: how many there are, and how many it takes. Of `quality`: points down. */
  now: z.number().nullable(),
  needed: z.number().nullable(),
  /** Of `schedule`. */
  nextAt: z.number().nullable(),
  words: z.string(),
})
export type RetrainingReason = z.infer<typeof retrainingReasonSchema>

export const retrainingInfoSchema = z.strictObject({
  policy: retrainingPolicySchema,
  isOn: z.boolean(),
  pipelinePath: z.string(),
  node: z.string(),
  champion: z.int().nullable(),
  reasons: z.array(retrainingReasonSchema),
  /** Before then nothing starts by itself; null where nothing holds it back. */
  pausedUntil: z.number().nullable(),
  open: retrainingJobSchema.nullable(),
  /** Whether this host starts and carries on jobs: false in one that does not stay. */
  isWatched: z.boolean(),
})
export type RetrainingInfo = z.infer<typeof retrainingInfoSchema>

const deployment = z.string().min(1).max(63)
const who = z.string().min(1).max(200).nullable().default(null)
const note = z.string().max(10_000).default('')
const said = z.strictObject({ job: z.int(), who, note })
const answer = z.strictObject({ job: retrainingJobSchema })

export const retrainingContract = {
  list: operation.output(z.strictObject({ policies: z.array(retrainingInfoSchema) })),
  /** Null where nothing retrains it. */
  show: operation
    .input(z.strictObject({ deployment }))
    .output(z.strictObject({ retraining: retrainingInfoSchema.nullable() })),
  switch: operation
    .input(z.strictObject({ deployment, isOn: z.boolean() }))
    .output(z.strictObject({ retraining: retrainingInfoSchema })),
  /** The newest first. */
  jobs: operation
    .input(z.strictObject({ deployment, limit: z.int().min(1).max(500).default(50) }))
    .output(z.strictObject({ jobs: z.array(retrainingJobSchema) })),
  job: operation.input(z.strictObject({ job: z.int() })).output(answer),
  /** By hand: at once, whatever the policy waits for. An error where a job goes on already. */
  start: operation.input(z.strictObject({ deployment, who, note })).output(answer),
  /** Of a job that waits for it. */
  approve: operation.input(said).output(answer),
  reject: operation.input(said).output(answer),
  /** Ends a job that has promoted nothing yet. */
  cancel: operation.input(said).output(answer),
  /** Puts the champion before back in place of the one that this job promoted, where that still answers. */
  rollBack: operation.input(said).output(answer),
  /** Does all that is due at once, where it would be done a second later; resolves when nothing more can be done now. */
  settle: operation.output(z.strictObject({})),
  /** What changes, until the reader ends it. */
  events: operation
    .input(z.strictObject({ deployment: deployment.nullable().default(null) }))
    .output(eventIterator(z.strictObject({ event: z.literal('job'), job: retrainingJobSchema }))),
}
