import type { Trigger } from '../../core/automation.ts'

/** A trigger as people say it. */
export function triggerWords(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'cron':
      return `at “${trigger.expression}” (${trigger.timeZone})`
    case 'interval':
      return `every ${spanWords(trigger.minutes)}`
    case 'file':
      return `for each new or changed file “${trigger.pattern}” in “${trigger.folder}”`
    case 'webhook':
      return 'when it is called'
    case 'pipeline':
      return `after “${trigger.path}” ${{ done: 'is done', failed: 'has failed', ended: 'has ended' }[trigger.when]}`
  }
}

function spanWords(minutes: number): string {
  const [count, unit] =
    minutes % 1_440 === 0
      ? [minutes / 1_440, 'day']
      : minutes % 60 === 0
        ? [minutes / 60, 'hour']
        : minutes < 1
          ? [Math.round(minutes * 60), 'second']
          : [minutes, 'minute']
  return count === 1 ? unit : `${count} ${unit}s`
}
