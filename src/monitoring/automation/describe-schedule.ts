import { isAbsolute } from 'node:path'
import type { Occurrence, ScheduleInfo } from '../../contract/automation-contract.ts'
import type { Schedule } from '../../core/automation.ts'
import { isTimed, nextTimes } from '../../core/schedule-times.ts'
import type { OccurrenceRecord, Schedules } from '../../storage/schedules.ts'
import { triggerWords } from './trigger-words.ts'

const shownTimes = 5

export function describeSchedule(
  { path, pipelineName, schedule }: { path: string; pipelineName: string; schedule: Schedule },
  { schedules, now, problem }: { schedules: Schedules; now: number; problem: string | null },
): ScheduleInfo {
  const { name, trigger, catchUp, parameters } = schedule
  const record = schedules.find(path, name)
  const newest = record && schedules.newest(record.number)
  return {
    path,
    pipelineName,
    name,
    trigger,
    words: triggerWords(trigger),
    catchUp,
    parameters,
    isOn: record?.isOn ?? false,
    next: isTimed(trigger) && problem === null ? nextTimes(trigger, { after: now, count: shownTimes }) : [],
    newest: newest && describeOccurrence(newest),
    problem,
  }
}

export function describeOccurrence(record: OccurrenceRecord): Occurrence {
  const { number, path, name, dueAt, state, reason, parameters, run, attempts, finishedAt } = record
  const file = fileOf(record.key)
  return { number, path, schedule: name, dueAt, state, reason, parameters, file, run, attempts, finishedAt }
}

/** What fell due by a file is known by its path, and by when it was changed and how long it is. */
function fileOf(key: string): string | null {
  const file = /^(.+) [\d.]+-\d+$/s.exec(key)?.[1]
  return file !== undefined && isAbsolute(file) ? file : null
}
