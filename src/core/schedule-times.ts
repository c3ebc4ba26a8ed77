import { Cron } from 'croner'
import type { Trigger } from './automation.ts'

/** Triggers that are due by the clock alone. */
export type Timed = Extract<Trigger, { kind: 'cron' | 'interval' }>

export const isTimed = (trigger: Trigger): trigger is Timed =>
  trigger.kind === 'cron' || trigger.kind === 'interval'

const minuteMs = 60_000

/** Times (epoch ms) after one and up to another, the oldest first; of more than `most` the newest. */
export function dueTimes(
  trigger: Timed,
  { after, until, most }: { after: number; until: number; most: number },
): number[] {
  // What nobody looked at for a year came up half a million times: the newest are looked for from the end.
  for (let span = most * minuteMs; ; span *= 2) {
    const from = Math.max(after, until - span)
    const due = timesWithin(trigger, from, until)
    if (from === after || due.length >= most) return due.slice(-most)
  }
}

function timesWithin(trigger: Timed, after: number, until: number): number[] {
  const due: number[] = []
  for (const time of timesAfter(trigger, after)) {
    if (time > until) break
    due.push(time)
  }
  return due
}

export function nextTimes(trigger: Timed, { after, count }: { after: number; count: number }): number[] {
  const next: number[] = []
  for (const time of timesAfter(trigger, after)) {
    if (next.length === count) break
    next.push(time)
  }
  return next
}

/** Intervals are due at whole multiples of themselves since 1970 (UTC), whoever was there when. */
function* timesAfter(trigger: Timed, after: number): Generator<number> {
  if (trigger.kind === 'interval') {
    const step = Math.max(1, Math.round(trigger.minutes * 60_000))
    for (let index = Math.floor(after / step) + 1; ; index++) yield index * step
  }
  const cron = cronOf(trigger)
  for (let last: Date | null = new Date(after); ;) {
    last = cron.nextRun(last)
    if (!last) return
    yield last.getTime()
  }
}

/** What is wrong with an expression or a time zone, in words; null for one that comes up again. */
export function cronProblem(
  trigger: Pick<Timed & { kind: 'cron' }, 'expression' | 'timeZone'>,
): string | null {
  try {
    const next = cronOf(trigger).nextRun(new Date(0))
    return next ? null : `“${trigger.expression}” never comes up.`
  } catch {
    return isTimeZone(trigger.timeZone)
      ? `“${trigger.expression}” is no cron expression. It has five parts: minute, hour, day, month, weekday.`
      : `There is no time zone “${trigger.timeZone}”. Name one such as “Europe/Berlin” or “UTC”.`
  }
}

function cronOf({ expression, timeZone }: Pick<Timed & { kind: 'cron' }, 'expression' | 'timeZone'>): Cron {
  return new Cron(expression, { timezone: timeZone, mode: '5-part' })
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}
