import type { Occurrence, ScheduleInfo } from '../../contract/automation-contract.ts'
import { canonicalJson } from '../../core/canonical-json.ts'
import { nearestName } from '../../core/nearest-name.ts'
import { createFanOut } from '../../engine/fan-out.ts'
import type { Schedule, Trigger } from '../../core/automation.ts'
import type { OccurrenceRecord, ScheduleRecord } from '../../storage/schedules.ts'
import type { AutomationParts } from './automation-parts.ts'
import { carryOutOccurrence } from './carry-out-occurrence.ts'
import { describeOccurrence, describeSchedule } from './describe-schedule.ts'
import { triggerProblem } from './trigger-problem.ts'
import { scheduleError } from './errors.ts'
import { findDue } from './find-due.ts'
import type { ScheduledPipeline } from './find-pipelines.ts'

/** What starts the pipelines of a workspace by themselves. */
export interface Automation {
  readonly isWatched: boolean
  schedules(path: string | null): Promise<ScheduleInfo[]>
  switch(request: { path: string; name: string; isOn: boolean; who: string }): Promise<ScheduleInfo>
  /** Notes a run that is asked for now; a key that was noted before is not carried out again. */
  ask(request: {
    path: string
    name: string
    key: string
    parameters: Readonly<Record<string, string>>
    who: string
  }): Promise<Occurrence>
  history(request: { path: string | null; name: string | null; limit: number }): Occurrence[]
  follow(signal?: AbortSignal): AsyncGenerator<Occurrence, void, undefined>
  /** Carries out what is due, now and from now on. */
  resume(): void
  /** Resolves when all that is due by now has been carried out. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** How far a schedule was looked at is written down so often while nothing is due: a second look finds nothing new. */
const notedEveryMs = 60_000

export function openAutomation(options: AutomationParts & { tickMs?: number }): Automation {
  const { tracking, pipelines, now, onDefect, tickMs = 1_000 } = options
  const { schedules } = tracking
  const closing = new AbortController()
  const fan = createFanOut<Occurrence>()
  const busy = new Map<string, Promise<void>>()
  let timer: NodeJS.Timeout | null = null
  let looking: Promise<void> | null = null

  const tell = (record: OccurrenceRecord): void => fan.tell(describeOccurrence(record))

  const find = async (
    path: string,
    name: string,
  ): Promise<{ pipeline: ScheduledPipeline; schedule: Schedule }> => {
    const pipeline = await pipelines.read(path)
    const all = pipeline?.automation?.schedules ?? []
    const schedule = all.find((each) => each.name === name)
    if (pipeline && schedule) return { pipeline: { path, pipeline }, schedule }
    const near = nearestName(
      name,
      all.map((each) => each.name),
    )
    const hint = near
      ? `Did you mean “${near}”?`
      : 'The section “automation” of a pipeline file says when it runs by itself.'
    throw scheduleError('unknown', { path, name, hint })
  }
  const describe = async ({ path, pipeline }: ScheduledPipeline, schedule: Schedule): Promise<ScheduleInfo> =>
    describeSchedule(
      { path, pipelineName: pipeline.name, schedule },
      {
        schedules,
        now: now(),
        problem: await triggerProblem(path, schedule.trigger, pipelines),
      },
    )

  const noteWhatIsDue = async (record: ScheduleRecord): Promise<void> => {
    const { path, name, number } = record
    const pipeline = await pipelines.read(path)
    const schedule = pipeline?.automation?.schedules?.find((each) => each.name === name)
    if (!schedule || (await triggerProblem(path, schedule.trigger, pipelines)) !== null) return
    const { trigger } = schedule
    // What another trigger would have started before is nobody's wish.
    const isSame = canonicalJson(trigger) === record.trigger
    const { due, until } = isSame
      ? await findDue(
          { path, schedule, record },
          {
            now,
            pipelines,
            endedRuns: (request) => schedules.endedRuns(request),
            known: (noted, keys) => schedules.known(noted, keys),
          },
        )
      : { due: [], until: now() }
    const isSeen = until - record.seenUntil < notedEveryMs && !schedules.isAhead(record, now())
    if (due.length === 0 && isSame && isSeen) return
    for (const noted of schedules.note({ number, trigger, until, due, now: now() })) tell(noted)
  }
  /** One run of a pipeline file at a time, in the order in which they fell due. */
  const carryOut = (path: string): Promise<void> => {
    const before = busy.get(path)
    if (before) return before
    const work = (async () => {
      for (;;) {
        const next = schedules.open().find((each) => each.path === path)
        if (!next || closing.signal.aborted) return
        const ended = await carryOutOccurrence(next, { ...options, closing: closing.signal })
        if (!ended) return
        tell(ended)
      }
    })()
      .catch((error: unknown) => onDefect(error, `the schedules of “${path}”`))
      .finally(() => busy.delete(path))
    busy.set(path, work)
    return work
  }
  const look = async (): Promise<void> => {
    for (const record of schedules.list())
      if (record.isOn && !closing.signal.aborted) await noteWhatIsDue(record)
  }
  const settle = async (): Promise<void> => {
    looking ??= look().finally(() => (looking = null))
    await looking
    await Promise.all([...new Set(schedules.open().map(({ path }) => path))].map(carryOut))
  }
  const tick = (): void => void settle().catch((error: unknown) => onDefect(error, 'schedules'))

  return {
    get isWatched() {
      return timer !== null
    },
    async schedules(path) {
      const named = path === null ? null : await pipelines.read(path)
      const found = path === null ? await pipelines.findAll() : named ? [{ path, pipeline: named }] : []
      return Promise.all(
        found.flatMap((each) =>
          (each.pipeline.automation?.schedules ?? []).map((schedule) => describe(each, schedule)),
        ),
      )
    },
    async switch({ path, name, isOn, who }) {
      const { pipeline, schedule } = await find(path, name)
      const problem = await triggerProblem(path, schedule.trigger, pipelines)
      if (isOn && problem !== null) throw scheduleError('bad-trigger', { name, problem })
      schedules.switch({ path, name, trigger: schedule.trigger, isOn, who, now: now() })
      return describe(pipeline, schedule)
    },
    async ask({ path, name, key, parameters, who }) {
      const { schedule } = await find(path, name)
      const { trigger } = schedule
      // Its history needs a place to stand, whether it is switched on or not.
      const record =
        schedules.find(path, name) ?? schedules.switch({ path, name, trigger, isOn: false, who, now: now() })
      const [noted] = schedules.note({
        number: record.number,
        // What fell due by the clock is noted elsewhere, by the trigger as it is then.
        trigger: JSON.parse(record.trigger) as Trigger,
        until: record.seenUntil,
        due: [
          {
            key,
            dueAt: now(),
            state: 'waiting',
            reason: '',
            parameters: { ...schedule.parameters, ...parameters },
          },
        ],
        now: now(),
      })
      const occurrence = noted ?? schedules.byKey(record.number, key)!
      if (noted) tell(noted)
      void carryOut(path)
      return describeOccurrence(occurrence)
    },
    history: (request) => schedules.history(request).map(describeOccurrence),
    follow: (signal) => fan.follow(signal),
    resume() {
      timer ??= setInterval(tick, tickMs)
      tick()
    },
    settle,
    async close() {
      closing.abort()
      if (timer) clearInterval(timer)
      timer = null
      await looking?.catch(() => {})
      await Promise.all(busy.values())
    },
  }
}
