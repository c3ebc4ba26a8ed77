import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { catchUpRules, triggerSchema } from '../core/automation.ts'
import { parametersSchema } from './document.ts'
import { operation } from './operation.ts'

export const occurrenceStates = ['waiting', 'running', 'done', 'failed', 'refused', 'missed'] as const

/** One time at which a schedule was due. Times are epoch ms. */
export const occurrenceSchema = z.strictObject({
  number: z.int(),
  /** Absolute, of the pipeline file. */
  path: z.string(),
  schedule: z.string(),
  dueAt: z.number(),
  /** `refused`: its pipeline cannot run, or may not by itself. `missed`: the catch-up rule leaves it out. */
  state: z.enum(occurrenceStates),
  /** In words; empty where the state says it all. */
  reason: z.string(),
  parameters: parametersSchema,
  /** Of a trigger by files: the one that came. Absolute. */
  file: z.string().nullable(),
  /** The newest of its runs. */
  run: z.string().nullable(),
  /** More than one where the host ended in between: a run then goes on from its finished steps. */
  attempts: z.int(),
  finishedAt: z.number().nullable(),
})
export type Occurrence = z.infer<typeof occurrenceSchema>

export const scheduleInfoSchema = z.strictObject({
  path: z.string(),
  pipelineName: z.string(),
  name: z.string(),
  trigger: triggerSchema,
  /** The trigger in words: “every day at 06:00 (Europe/Berlin)”. */
  words: z.string(),
  catchUp: z.enum(catchUpRules),
  parameters: parametersSchema,
  /** Nothing starts by itself before somebody has switched it on in this workspace. */
  isOn: z.boolean(),
  /** Of what has times: the next five, whether it is on or not. */
  next: z.array(z.number()),
  newest: occurrenceSchema.nullable(),
  /** Why it starts nothing although it is on; null where it does. */
  problem: z.string().nullable(),
})
export type ScheduleInfo = z.infer<typeof scheduleInfoSchema>

const one = z.strictObject({ path: z.string(), name: z.string().min(1) })
/** Who says it; null for the user of the system. */
const who = z.string().min(1).max(200).nullable().default(null)

export const automationContract = {
  /** Of one pipeline file, or of all in the workspace's folder. */
  schedules: operation.input(z.strictObject({ path: z.string().nullable().default(null) })).output(
    z.strictObject({
      schedules: z.array(scheduleInfoSchema),
      /** Whether this host starts what is due: false in one that does not stay. */
      isWatched: z.boolean(),
    }),
  ),
  /**
   * `trust` also lets its pipeline write and send where it reaches outside of the workspace. Switching on makes up for
   * nothing that was due before.
   */
  switch: operation
    .input(one.extend({ isOn: z.boolean(), trust: z.boolean().default(false), who }))
    .output(z.strictObject({ schedule: scheduleInfoSchema })),
  /** A run as the schedule would start it. */
  runNow: operation
    .input(one.extend({ parameters: parametersSchema.default({}) }))
    .output(z.strictObject({ occurrence: occurrenceSchema })),
  /** The newest first. */
  history: operation
    .input(
      z.strictObject({
        path: z.string().nullable().default(null),
        name: z.string().nullable().default(null),
        limit: z.int().min(1).max(1_000).default(100),
      }),
    )
    .output(z.strictObject({ occurrences: z.array(occurrenceSchema) })),
  /** Where a webhook is sent to: `POST`, with the token as `Authorization: Bearer`. */
  hook: operation.input(one).output(
    z.strictObject({
      /** Null while no host that stays listens. */
      url: z.string().nullable(),
      token: z.string(),
    }),
  ),
  /** What changes, until the reader ends it. */
  events: operation.output(
    eventIterator(z.strictObject({ event: z.literal('occurrence'), occurrence: occurrenceSchema })),
  ),
}
