import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PipewrightError } from '../../src/core/errors.ts'
import { nodeDefinitions } from '../../nodes/definitions.ts'
import { failureCases } from './failure-cases.ts'
import { definitionNamed, openNodeBench, type NodeBench } from './node-bench.ts'

let bench: NodeBench
beforeAll(async () => {
  bench = await openNodeBench()
})
afterAll(() => bench.dispose())

describe('the failures of nodes', () => {
  it('are each reached by a case', () => {
    const declared = nodeDefinitions.flatMap(({ id, failures }) =>
      Object.keys(failures as object).map((code) => `${id}.${code}`),
    )
    expect(failureCases.map(({ code }) => code).toSorted()).toEqual(declared.toSorted())
  })

  it.each(failureCases.map((each) => [each.code, each] as const))(
    '%s says what, where and the remedy',
    async (code, { example, says, param }) => {
      const definition = definitionNamed(code.split('.').slice(0, 2).join('.'))
      const thrown = await bench
        .runExample(definition, { title: code, ...example })
        .catch((error: unknown) => error)
      expect(thrown).toBeInstanceOf(PipewrightError)
      const { message, remedy, at, ...report } = (thrown as PipewrightError).toReport()
      expect({ code: report.code, message, param: at?.param }).toEqual({
        code,
        message: expect.stringMatching(says),
        param,
      })
      expect(remedy).toMatch(/\.$/)
    },
  )

  it('leave the report of a failed check behind', async () => {
    const { code, example } = failureCases.find((each) => each.code === 'validation.expectations.unmet')!
    const failed = bench.runExample(definitionNamed('validation.expectations'), { title: code, ...example })
    await expect(failed).rejects.toThrow(PipewrightError)
    expect(bench.context.kept['report']).toMatchObject({
      kind: 'report',
      data: { metrics: { unsuccessful_expectations: 1 }, content: { success: false } },
    })
  })
})
