import { describe, expect, test } from 'vitest'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { check, codesOf } from './check-and-fix.ts'
import { file, node, pipelineOf } from './stub-nodes.ts'

const plain = pipelineOf({ file, last: node('serving.sink') }, ['file -> last'])
const messagesOf = (more: Partial<Pipeline>): string[] =>
  check({ ...plain, ...more })
    .findings.filter(({ code }) => code === 'not-carried-out')
    .map(({ severity, message, remedy }) => `${severity}: ${message} ${remedy}`)

describe('sections that this version keeps but does not carry out', () => {
  test('checks are told of, so that nobody relies on them', () => {
    const checks: Pipeline['checks'] = [{ node: 'last', metric: 'roc_auc', is: '>=', value: 0.99 }]
    expect(messagesOf({ checks })).toEqual([
      'warning: The file has “checks”, which this version keeps but does not carry out: no run fails because of a ' +
        'check. Hold the metrics of `pipewright run` against your limits in the script that starts it.',
    ])
  })

  test('each section has a warning of its own', () => {
    const sections: Partial<Pipeline> = {
      pins: { last: { port: 'table', artifact: 'ab' } },
      checks: [{ type: 'rows', params: {} }],
    }
    expect(messagesOf(sections)).toHaveLength(2)
  })

  test('empty sections ask for nothing', () => {
    expect(codesOf({ ...plain, pins: {}, checks: [] })).toEqual([])
  })
})
