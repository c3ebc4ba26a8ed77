import { describe, expect, test } from 'vitest'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { check } from './check-and-fix.ts'
import { file, node, pipelineOf } from './stub-nodes.ts'

const plain = pipelineOf({ file, last: node('serving.sink') }, ['file -> last'])
type Schedules = NonNullable<NonNullable<Pipeline['automation']>['schedules']>
const messagesOf = (schedules: Schedules, parameters: Pipeline['parameters'] = {}): string[] =>
  check({ ...plain, parameters, automation: { schedules } }).findings.map(
    ({ severity, message, remedy }) => `${severity}: ${message} ${remedy}`,
  )
const common = { catchUp: 'last', parameters: {} } as const

describe('schedules of a pipeline', () => {
  test('that can never start it are told of', () => {
    const cron = { kind: 'cron', expression: '0 0 31 2 *', timeZone: 'UTC' } as const
    expect(messagesOf([{ ...common, name: 'never', trigger: cron }])).toEqual([
      'warning: The schedule “never” never starts: “0 0 31 2 *” never comes up. Give minute, hour, day of month, month ' +
        'and day of week, such as “0 6 * * MON-FRI”.',
    ])
  })

  test('that are no cron expression are told so in our words', () => {
    const cron = { kind: 'cron', expression: 'every day', timeZone: 'UTC' } as const
    expect(messagesOf([{ ...common, name: 'daily', trigger: cron }])[0]).toContain(
      '“every day” is no cron expression. It has five parts: minute, hour, day, month, weekday.',
    )
  })

  test('give only parameters that it has', () => {
    const trigger = { kind: 'file', folder: 'inbox', pattern: '*', parameter: 'dta' } as const
    const schedule = { ...common, name: 'inbox', trigger, parameters: { limit: '5' } }
    expect(messagesOf([schedule], { data: { type: 'path', default: 'a.csv' } })).toEqual([
      'warning: The schedule “inbox” gives a parameter “limit”, which the pipeline does not have. Declare it among the ' +
        'parameters of the pipeline.',
      'warning: The schedule “inbox” gives a parameter “dta”, which the pipeline does not have. Did you mean “data”?',
    ])
  })

  test('that are fine are not mentioned', () => {
    expect(messagesOf([{ ...common, name: 'call', trigger: { kind: 'webhook' } }])).toEqual([])
  })
})
