import { describe, expect, test } from 'vitest'
import type { Pipeline } from '../../../src/core/pipeline.ts'
import { check, codesOf } from './check-and-fix.ts'
import { file, node, pipelineOf } from './stub-nodes.ts'

const plain = pipelineOf({ file, last: node('serving.sink') }, ['file -> last'])
const messagesOf = (checks: Pipeline['checks']): string[] =>
  check({ ...plain, checks }).findings.map(
    ({ severity, message, remedy }) => `${severity}: ${message} ${remedy}`,
  )

describe('checks that a pipeline is tested by', () => {
  test('metrics and endpoints are fine', () => {
    const checks: Pipeline['checks'] = [
      { node: 'last', metric: 'roc_auc', is: '>=', value: 0.99 },
      { type: 'endpoint', params: { model: 'churn', p99Ms: 20 } },
    ]
    expect(codesOf({ ...plain, pins: {}, checks })).toEqual([])
  })

  test('a name that means nothing is refused, with what was probably meant', () => {
    expect(messagesOf([{ type: 'endpoints', params: {} }])).toEqual([
      'error: Check 1 is called “endpoints”, which there is not. Did you mean “endpoint”?',
    ])
  })

  test('what is missing or wrong is said with its place', () => {
    expect(messagesOf([{ type: 'endpoint', params: { model: 'churn', p99Ms: -1 } }])).toEqual([
      expect.stringMatching(/^error: Check 1 \(“endpoint”\), params\.p99Ms: /),
    ])
  })
})
