import { expect, it } from 'vitest'
import { reasonSchema } from '../../../src/contract/run-event.ts'
import { runComparisonSchema } from '../../../src/contract/runs-contract.ts'
import { describeReason, explainDifference } from '../../../src/engine/explain-step.ts'
import type { StoredIngredients } from '../../../src/engine/step-key.ts'

const withParams = (params: Record<string, string>): StoredIngredients => ({
  engine: 1,
  node: 'read',
  type: 'ingestion.file',
  version: 1,
  code: 'code',
  params,
  seed: 0,
  inputs: {},
  files: {},
  libraries: {} as StoredIngredients['libraries'],
  feeds: {},
})
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

it.each([
  ['added', {}, { delimiter: ',' }, 'parameter “delimiter” not set → ","'],
  ['removed', { delimiter: ',' }, {}, 'parameter “delimiter” "," → not set'],
])('tells over the wire that an optional parameter was %s', (_, before, after, text) => {
  const [reason, ...others] = explainDifference(withParams(before), withParams(after))
  expect(others).toEqual([])
  expect(reasonSchema.parse(reason)).toEqual(reason)
  const received = reasonSchema.parse(asJson(reason))
  expect(describeReason(received)).toBe(text)
})

it('compares runs of which only one had a parameter', () => {
  const { parameters } = runComparisonSchema.shape
  expect(parameters.parse(asJson([{ name: 'depth', before: undefined, after: 3 }]))).toEqual([
    { name: 'depth', after: 3 },
  ])
})
