import { describe, expect, it } from 'vitest'
import { checkDeployment, type MeantModel } from '../../../src/core/check-deployment.ts'
import { specOf } from '../serving/deployments/deployments-bench.ts'

const modelOf = (model: string, version: number, target: NonNullable<MeantModel['data']>['target']) => ({
  model,
  version,
  data: {
    task: target.classes ? ('binary' as const) : ('regression' as const),
    target,
    signature: { inputs: [{ name: 'tenure', type: 'number' as const, source: 'tenure' }], outputs: [] },
  },
})
const churn = { name: 'Churn', classes: ['No', 'Yes'] }
const known: Readonly<Record<string, MeantModel>> = {
  churn: modelOf('churn', 2, churn),
  'churn:1': modelOf('churn', 1, churn),
  'churn:2': modelOf('churn', 2, churn),
  'churn@champion': modelOf('churn', 1, churn),
  'churn@challenger': modelOf('churn', 1, churn),
  'price:1': modelOf('price', 1, { name: 'price' }),
}

/** The code and the remedy of what is refused; null where nothing is. */
async function refusalOf(fields: object): Promise<unknown> {
  try {
    await checkDeployment(specOf(fields), async (reference) => known[reference] ?? null)
    return null
  } catch (error) {
    const { code, remedy } = error as { code: string; remedy: string }
    return [code.replace('deployment.', ''), remedy]
  }
}

const live = (reference: string) => ({ reference })
const shadow = (reference: string) => ({ reference, role: 'shadow' })
const constant = (answer: string | number) => ({ fallback: { kind: 'constant', answer } })

describe('what a deployment is checked for', () => {
  it('is no version twice, but for aliases that may part', async () => {
    const twice = ['version-twice', expect.anything()]
    expect(await refusalOf({ versions: [live('churn:1'), shadow('churn:1')] })).toEqual(twice)
    expect(await refusalOf({ versions: [live('churn'), shadow('churn:2')] })).toEqual(twice)
    expect(await refusalOf({ versions: [live('churn@champion'), live('churn@champion')] })).toEqual(twice)
    expect(await refusalOf({ versions: [live('churn@champion'), shadow('churn@challenger')] })).toBeNull()
    expect(await refusalOf({ versions: [live('churn:1'), shadow('churn:2')] })).toBeNull()
  })

  it('is one question for all its versions', async () => {
    const other = ['other-question', expect.anything()]
    expect(await refusalOf({ versions: [live('churn:1'), shadow('price:1')] })).toEqual(other)
    expect(await refusalOf({ fallback: { kind: 'version', reference: 'price:1' } })).toEqual(other)
    expect(await refusalOf({ fallback: { kind: 'version', reference: 'churn:2' } })).toBeNull()
  })

  it('is a fallback that the model could answer', async () => {
    expect(await refusalOf(constant('No'))).toBeNull()
    expect(await refusalOf(constant('no'))).toEqual(['impossible-fallback', 'Did you mean “No”?'])
    expect(await refusalOf(constant(''))).toEqual(['impossible-fallback', 'Its classes are “No”, “Yes”.'])
    const price = { versions: [live('price:1')] }
    expect(await refusalOf({ ...price, ...constant('12.5') })).toBeNull()
    expect(await refusalOf({ ...price, ...constant('') })).toEqual(['impossible-fallback', expect.anything()])
  })

  it('is a column or a header that is spelt right, though it need not be an input', async () => {
    for (const stickyBy of ['tenure', 'customer', 'header:x-customer'])
      expect(await refusalOf({ stickyBy })).toBeNull()
    for (const [stickyBy, near] of [
      ['tenur', 'tenure'],
      ['Tenure', 'tenure'],
      ['headr:x-customer', 'header:x-customer'],
      ['header:', 'header:NAME'],
    ])
      expect(await refusalOf({ stickyBy })).toEqual(['misspelt-sticky', expect.stringContaining(`“${near}”`)])
  })

  it('is nothing of what cannot be known', async () => {
    expect(await refusalOf({ versions: [live('lost')], ...constant('?'), stickyBy: 'x' })).toBeNull()
  })
})
