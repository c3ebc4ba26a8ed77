import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { register } from '../../../nodes/serving/register/definition.ts'
import { run as registerModel } from '../../../nodes/serving/register/run.ts'
import { baseline } from '../../../nodes/training/baseline/definition.ts'
import { run as trainBaseline } from '../../../nodes/training/baseline/run.ts'
import { splitNumbers } from '../../../nodes/example-tables.ts'
import type { Artifact } from '../../../src/core/artifacts.ts'
import type { AliasOutcome, ModelRegistration } from '../../../src/node-kit/run-context.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

type Request = Parameters<ModelRegistration['register']>[0]

let context: TestContext
let model: Artifact<'model'>
beforeAll(async () => {
  context = await createTestContext()
  const table = await exampleTable(context, splitNumbers)
  ;({ model } = await trainBaseline({ table }, baseline.params.parse({}), context))
})
afterAll(() => context.dispose())

/** What is asked of the registry, and what is told of its answer. */
async function registered(given: object, aliases: readonly AliasOutcome[] = []) {
  const requests: Request[] = []
  const before = context.logs.length
  const models: ModelRegistration = {
    ...context.models,
    register(request) {
      requests.push(request)
      return Promise.resolve({ model: 'churn', version: 2, created: true, aliases })
    },
  }
  const params = register.params.parse({ name: 'churn', aliases: ['champion'], ...given })
  await registerModel({ model }, params, { ...context, models })
  return { request: requests[0]!, told: context.logs.slice(before + 1) }
}

const compared = { metric: 'evaluate.roc_auc', own: 0.7, other: 0.8, isWorse: true }

describe('registering', () => {
  it('asks for aliases to stay where a model is better, unless it is told to move them', async () => {
    const byDefault = await registered({ metric: 'f1' })
    expect(byDefault.request.unlessWorse).toEqual({ metric: 'f1', otherwise: 'candidate' })
    expect((await registered({})).request.unlessWorse).toMatchObject({ metric: null })
    expect((await registered({ promotion: 'always' })).request.unlessWorse).toBeUndefined()
  })

  it('says of each alias how the models compare', async () => {
    const worse = await registered({}, [{ alias: 'champion', from: 1, moved: false, compared }])
    expect(worse.told).toMatchObject([
      { level: 'warning', message: expect.stringMatching(/^“\{alias\}” stays with version \{from\}/) },
    ])
    const better = { ...compared, own: 0.9, isWorse: false }
    const moved = await registered({}, [{ alias: 'champion', from: 1, moved: true, compared: better }])
    expect(moved.told).toMatchObject([{ level: 'info', message: expect.stringMatching(/was moved from/) }])
    const unknown = await registered({}, [{ alias: 'champion', from: 1, moved: true, compared: null }])
    expect(unknown.told).toMatchObject([{ message: expect.stringMatching(/no metric to compare by/) }])
    const first = await registered({}, [{ alias: 'champion', from: null, moved: true, compared: null }])
    expect(first.told).toEqual([])
  })
})
