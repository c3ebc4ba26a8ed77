import { expect, it } from 'vitest'
import { deploymentSpecSchema } from '../../../src/core/deployment.ts'
import { describeSpecChange } from '../../../src/core/describe-spec-change.ts'

const spec = deploymentSpecSchema.parse({ name: 'churn', versions: [{ reference: 'churn:1' }] })

it('says what was changed about a deployment, and of what it was', () => {
  const after = deploymentSpecSchema.parse({
    ...spec,
    versions: [
      { reference: 'churn:1', weight: 0.95 },
      { reference: 'churn:2', role: 'canary', weight: 0.05 },
    ],
    timeoutMs: 2_000,
    fallback: { kind: 'constant', answer: 'No' },
    log: { share: 0.1, neverLogged: ['name'] },
  })
  expect(describeSpecChange(spec, after)).toBe(
    'versions: churn:1 → churn:1 (0.95), canary churn:2 (0.05); timeout: 10000 ms → 2000 ms; fallback: none → always No; ' +
      'logged: 100 % → 10 %; never logged: nothing → name',
  )
})

it('names every part that can be changed', () => {
  const changes: readonly Partial<Record<keyof typeof spec, unknown>>[] = [
    { versions: [{ reference: 'churn:2' }] },
    { port: 8_000 },
    { grpcPort: 0 },
    { workers: 2 },
    { stickyBy: 'customer' },
    { timeoutMs: 50 },
    { fallback: { kind: 'rule', expression: 'age > 3' } },
    { log: { share: 0 } },
    { canary: { minimumRequests: 10 } },
  ]
  expect(changes.flatMap(Object.keys).toSorted()).toEqual(
    Object.keys(spec)
      .filter((key) => key !== 'name')
      .toSorted(),
  )
  for (const change of changes)
    expect(describeSpecChange(spec, deploymentSpecSchema.parse({ ...spec, ...change }))).toMatch(/ → /)
})
