import type { Trigger } from '../core/automation.ts'
import { canonicalJson } from '../core/canonical-json.ts'
import type { Sql } from './sql.ts'

/** A schedule of a pipeline file that somebody has switched on, or off again. Times are epoch ms. */
export interface ScheduleRecord {
  number: number
  /** Absolute, of the pipeline file. */
  path: string
  name: string
  isOn: boolean
  /** As canonical JSON; the one by which what fell due was last noted. */
  trigger: string
  seenUntil: number
  hookToken: string | null
  switchedBy: string
  switchedAt: number
}

export interface OccurrenceRecord {
  number: number
  schedule: number
  path: string
  name: string
  key: string
  dueAt: number
  state: 'waiting' | 'running' | 'done' | 'failed' | 'refused' | 'missed'
  reason: string
  parameters: Readonly<Record<string, string>>
  attempts: number
  run: string | null
  finishedAt: number | null
}

export interface DueOccurrence {
  key: string
  dueAt: number
  state: 'waiting' | 'missed'
  reason: string
  parameters: Readonly<Record<string, string>>
}

/** A run of another pipeline that has ended. */
export interface EndedRun {
  id: string
  status: string
  finishedAt: number
}

export interface Schedules {
  switch(request: {
    path: string
    name: string
    trigger: Trigger
    isOn: boolean
    who: string
    now: number
  }): ScheduleRecord
  list(): ScheduleRecord[]
  find(path: string, name: string): ScheduleRecord | null
  byToken(token: string): ScheduleRecord | null
  giveToken(request: { number: number; token: string }): void
  /** Whether it was looked at by a clock that was ahead of this one: it is looked at anew then, as keys tell what was noted. */
  isAhead(record: ScheduleRecord, now: number): boolean
  /**
   * Notes what fell due up to a time, all of it or nothing, each key once. A trigger that is another one than before
   * starts anew. Gives back what was not there yet.
   */
  note(request: {
    number: number
    trigger: Trigger
    until: number
    due: readonly DueOccurrence[]
    now: number
  }): OccurrenceRecord[]
  /** `waiting` and `running`, in the order in which they fell due. */
  open(): OccurrenceRecord[]
  byKey(schedule: number, key: string): OccurrenceRecord | null
  newest(schedule: number): OccurrenceRecord | null
  /** The newest first. */
  history(request: { path: string | null; name: string | null; limit: number }): OccurrenceRecord[]
  /** A run was recorded for it; part of the transaction that recorded it. */
  start(request: { number: number; run: string }): void
  end(request: {
    number: number
    state: 'done' | 'failed' | 'refused'
    reason: string
    now: number
  }): OccurrenceRecord
  /** Keys that are noted of a schedule, out of those that are asked for. */
  known(number: number, keys: readonly string[]): ReadonlySet<string>
  endedRuns(request: { pipelineId: string; after: number; until: number }): EndedRun[]
}

interface ScheduleRow extends Omit<ScheduleRecord, 'isOn'> {
  isOn: 0 | 1
}
interface OccurrenceRow extends Omit<OccurrenceRecord, 'parameters'> {
  parameters: string
}

const selectSchedules = `select number, path, name, is_on as isOn, trigger, seen_until as seenUntil,
  hook_token as hookToken, switched_by as switchedBy, switched_at as switchedAt from schedules`
const selectOccurrences = `select o.number, o.schedule, s.path, s.name, o.key, o.due_at as dueAt, o.state, o.reason,
  o.parameters, o.attempts, o.run_id as run, o.finished_at as finishedAt
  from schedule_occurrences o join schedules s on s.number = o.schedule`

/** A clock that is put right by less is waited for. */
const mostAheadMs = 60_000

export function createSchedules(sql: Sql): Schedules {
  const find = (path: string, name: string): ScheduleRecord | null =>
    scheduleOf(sql.get<ScheduleRow>(`${selectSchedules} where path = :path and name = :name`, { path, name }))
  const occurrence = (number: number): OccurrenceRecord | null =>
    occurrenceOf(sql.get<OccurrenceRow>(`${selectOccurrences} where o.number = :number`, { number }))
  const all = (where: string, values: Record<string, string | number | null> = {}): OccurrenceRecord[] =>
    sql.all<OccurrenceRow>(`${selectOccurrences} ${where}`, values).flatMap((row) => occurrenceOf(row) ?? [])
  return {
    find,
    isAhead: ({ seenUntil }, now) => seenUntil > now + mostAheadMs,
    byKey: (schedule, key) =>
      all('where o.schedule = :schedule and o.key = :key', { schedule, key })[0] ?? null,
    list: () =>
      sql.all<ScheduleRow>(`${selectSchedules} order by path, name`).flatMap((row) => scheduleOf(row) ?? []),
    byToken: (token) =>
      scheduleOf(sql.get<ScheduleRow>(`${selectSchedules} where hook_token = :token`, { token })),
    giveToken: ({ number, token }) =>
      void sql.run('update schedules set hook_token = :token where number = :number', { number, token }),
    switch: ({ path, name, trigger, isOn, who, now }) =>
      sql.transaction(() => {
        const before = find(path, name)
        if (before?.isOn === isOn) return before
        // What was due while it was off is nobody's wish.
        sql.run(
          `insert into schedules (path, name, is_on, trigger, seen_until, hook_token, switched_by, switched_at)
           values (:path, :name, :on, :trigger, :now, null, :who, :now)
           on conflict (path, name) do update set is_on = :on, trigger = :trigger, seen_until = :now,
             switched_by = :who, switched_at = :now`,
          { path, name, on: isOn ? 1 : 0, trigger: canonicalJson(trigger), who, now },
        )
        const after = find(path, name)!
        if (!isOn)
          sql.run(
            `update schedule_occurrences set state = 'missed', reason = :reason, finished_at = :now
             where schedule = :number and state = 'waiting'`,
            { number: after.number, reason: `${who} switched it off before its turn came.`, now },
          )
        return after
      }),
    note: ({ number, trigger, until, due, now }) =>
      sql.transaction(() => {
        const before = sql.get<{ last: number | null }>(
          'select max(number) as last from schedule_occurrences where schedule = :number',
          { number },
        )!
        for (const { key, dueAt, state, reason, parameters } of due)
          sql.run(
            `insert or ignore into schedule_occurrences (schedule, key, due_at, noted_at, state, reason, parameters,
               attempts, run_id, finished_at)
             values (:number, :key, :dueAt, :now, :state, :reason, :parameters, 0, null, :finishedAt)`,
            {
              number,
              key,
              dueAt,
              now,
              state,
              reason,
              parameters: JSON.stringify(parameters),
              finishedAt: state === 'missed' ? now : null,
            },
          )
        sql.run(
          `update schedules set trigger = :trigger,
             seen_until = case when seen_until > :latest then :until else max(seen_until, :until) end
           where number = :number`,
          { number, trigger: canonicalJson(trigger), until, latest: now + mostAheadMs },
        )
        return all('where o.schedule = :number and o.number > :last order by o.number', {
          number,
          last: before.last ?? 0,
        })
      }),
    open: () => all(`where o.state in ('waiting', 'running') order by o.due_at, o.number`),
    newest: (schedule) =>
      all('where o.number = (select max(number) from schedule_occurrences where schedule = :schedule)', {
        schedule,
      })[0] ?? null,
    history: ({ path, name, limit }) =>
      all(
        `where (:path is null or s.path = :path) and (:name is null or s.name = :name)
         order by o.number desc limit :limit`,
        { path, name, limit },
      ),
    start: ({ number, run }) =>
      void sql.run(
        `update schedule_occurrences set state = 'running', run_id = :run, attempts = attempts + 1
         where number = :number`,
        { number, run },
      ),
    end: ({ number, state, reason, now }) =>
      sql.transaction(() => {
        sql.run(
          `update schedule_occurrences set state = :state, reason = :reason, finished_at = :now
           where number = :number and state in ('waiting', 'running')`,
          { number, state, reason, now },
        )
        return occurrence(number)!
      }),
    known: (number, keys) =>
      new Set(
        sql
          .all<{ key: string }>(
            `select key from schedule_occurrences
             where schedule = :number and key in (select value from json_each(:keys))`,
            { number, keys: JSON.stringify(keys) },
          )
          .map(({ key }) => key),
      ),
    endedRuns: ({ pipelineId, after, until }) =>
      sql.all<EndedRun>(
        `select id, status, finished_at as finishedAt from runs
         where pipeline_id = :pipelineId and status <> 'running' and finished_at > :after and finished_at <= :until
         order by finished_at, number`,
        { pipelineId, after, until },
      ),
  }
}

const scheduleOf = (row: ScheduleRow | undefined): ScheduleRecord | null =>
  row ? { ...row, isOn: row.isOn === 1 } : null

const occurrenceOf = (row: OccurrenceRow | undefined): OccurrenceRecord | null =>
  row ? { ...row, parameters: JSON.parse(row.parameters) as OccurrenceRecord['parameters'] } : null
