import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mlflow } from '../../../../src/serving/protocols/mlflow/mlflow-protocol.ts'
import { openInference } from '../../../../src/serving/protocols/open-inference/open-inference-protocol.ts'
import { memberColumns, memberTensors } from '../../../fixtures/serving/members.ts'
import { serveRoutes } from '../../../fixtures/serving/serve-routes.ts'
import {
  openSmallEndpoint,
  trainSmallModel,
  type SmallEndpoint,
} from '../../../fixtures/serving/small-endpoint.ts'

let endpoint: SmallEndpoint
let server: Awaited<ReturnType<typeof serveRoutes>>
beforeAll(async () => {
  endpoint = await openSmallEndpoint(await trainSmallModel())
  server = await serveRoutes([openInference, mlflow], { handler: endpoint.handler })
})
afterAll(async () => {
  await server.close()
  await endpoint.session.close()
})

/** Values that somebody could send where another is wanted. */
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    null,
    '',
    '\0',
    '\uD800',
    1e308,
    -0,
    1e-320,
    2 ** 53,
    [],
    {},
    [[]],
    true,
    'NaN',
    '2020-13-45',
  ),
)
const name = fc.oneof(
  fc.constantFrom(...memberColumns),
  fc.constantFrom('__proto__', 'toString', '', 'constructor'),
)
const tensor = fc.oneof(
  fc.constantFrom(...memberTensors()).chain((whole) =>
    fc.record({
      name: fc.constant(whole.name),
      datatype: fc.constantFrom(whole.datatype, 'BYTES', 'FP16', 'UINT64', 'XYZ'),
      shape: fc.constantFrom([1], [2, 1], [0], [-1], [1.5], [1e9], []),
      data: fc.array(value, { maxLength: 2 }),
    }),
  ),
  fc.record({ name, datatype: value, shape: value, data: value, parameters: value }, { requiredKeys: [] }),
)
const inference = fc.record(
  {
    inputs: fc.oneof(fc.array(tensor, { maxLength: 6 }), value),
    outputs: value,
    parameters: value,
    id: value,
  },
  { requiredKeys: ['inputs'] },
)
const rows = fc.array(fc.dictionary(name, value, { maxKeys: 5 }), { maxLength: 3 })
const invocation = fc.oneof(
  fc.record({ dataframe_records: rows }),
  fc.record({ dataframe_split: fc.record({ columns: fc.array(name), data: fc.array(fc.array(value)) }) }),
  fc.record({ instances: fc.oneof(rows, fc.array(fc.array(value)), value) }),
  fc.record({ inputs: fc.oneof(fc.dictionary(name, fc.oneof(value, fc.array(value))), value) }),
  value,
)

async function statusOf(path: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${server.url}${path}`, { method: 'POST', headers, body })
  await response.arrayBuffer()
  return response.status
}

describe('whatever is sent', () => {
  it.each([
    ['/v2/models/members/infer', inference],
    ['/invocations', invocation],
  ] as const)('to %s is answered or refused, and never a mistake of the server', async (path, bodies) => {
    const failed = await fc.check(
      fc.asyncProperty(bodies, async (body) => (await statusOf(path, JSON.stringify(body))) < 500),
      { numRuns: 100 },
    )
    expect(failed.counterexample).toBeNull()
  })

  it('may be nested as deep as it likes', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    expect(await statusOf('/v2/models/members/infer', deep)).toBe(400)
    expect(
      await statusOf(
        '/v2/models/members/infer',
        `{"inputs":[{"name":"age","shape":[1],"datatype":"FP64","data":${deep}}]}`,
      ),
    ).toBe(400)
    expect(await statusOf('/invocations', `{"inputs":${deep}}`)).toBe(400)
    expect(await statusOf('/invocations', `{"dataframe_records":[{"age":${deep}}]}`)).toBe(400)
  })
})
