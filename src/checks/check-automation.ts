import type { Finding } from '../core/finding.ts'
import { didYouMean } from '../core/nearest-name.ts'
import type { Pipeline } from '../core/pipeline.ts'
import { cronProblem } from '../core/schedule-times.ts'
import { finding } from './findings.ts'

/** Schedules that could never start the pipeline. A run by hand is none the worse for them. */
export function automationFindings({ automation, parameters }: Pipeline): Finding[] {
  const known = Object.keys(parameters)
  return (automation?.schedules ?? []).flatMap(({ name, trigger, parameters: given }) => {
    const problem = trigger.kind === 'cron' ? cronProblem(trigger) : null
    const filled = trigger.kind === 'file' && trigger.parameter !== undefined ? [trigger.parameter] : []
    const unknown = [...Object.keys(given), ...filled].filter((parameter) => !known.includes(parameter))
    const unheard = unknown.map((parameter) => {
      const remedy = didYouMean(parameter, known, 'Declare it among the parameters of the pipeline.')
      return finding('schedule-parameter', { name, parameter, remedy }, {})
    })
    return problem === null ? unheard : [finding('never-due', { name, problem }, {}), unheard].flat()
  })
}
