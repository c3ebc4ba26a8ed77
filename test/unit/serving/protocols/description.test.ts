import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { AxeResults } from 'axe-core'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { description } from '../../../../src/serving/protocols/description/description-protocol.ts'
import { openInference } from '../../../../src/serving/protocols/open-inference/open-inference-protocol.ts'
import type { Protocol } from '../../../../src/serving/server/model-route.ts'
import { findChromium } from '../../../e2e/find-chromium.ts'
import { memberRecords, memberTensors } from '../../../fixtures/serving/members.ts'
import { serveRoutes } from '../../../fixtures/serving/serve-routes.ts'
import {
  openSmallEndpoint,
  trainSmallModel,
  type SmallEndpoint,
} from '../../../fixtures/serving/small-endpoint.ts'

/** Stands in for the plain JSON route of the server. */
const predict: Protocol = ({ handler }) => [
  {
    name: 'predict',
    method: 'POST',
    url: '/predict',
    plane: 'model',
    access: 'token',
    accepts: 'any',
    mostBytes: 1024,
    mostAtOnce: 1,
    async act(request, reply, trace) {
      const chunk = handler.versions[0]!.reader.readObjects([JSON.parse((request.body as Buffer).toString())])
      if (!('columns' in chunk)) return reply.code(422).send({ error: { message: chunk[0]!.message } })
      const answer = await handler.predict({ chunk, trace, receivedAt: 0 })
      return reply.send({ prediction: answer.outputs['label']![0] })
    },
    failure: ({ message }) => ({ error: { message } }),
  },
]

let endpoint: SmallEndpoint
let server: Awaited<ReturnType<typeof serveRoutes>>
beforeAll(async () => {
  endpoint = await openSmallEndpoint(await trainSmallModel())
  server = await serveRoutes([description, openInference, predict], { handler: endpoint.handler })
})
afterAll(async () => {
  await server.close()
  await endpoint.session.close()
})

interface OpenApi {
  openapi: string
  paths: Record<string, Record<string, { responses: object }>>
  components: { schemas: Record<string, object> }
}

describe('the description of an endpoint', () => {
  const ask = async (): Promise<OpenApi> =>
    (await (await fetch(`${server.url}/openapi.json`)).json()) as OpenApi

  it('holds schemas that compile, and rows that fit them', async () => {
    const { openapi, components } = await ask()
    expect(openapi).toBe('3.1.0')
    const ajv = new Ajv2020({ strict: false, formats: { date: true, 'date-time': true } })
    ajv.addSchema({ $id: 'openapi', components })
    const validatorOf = (name: string) => ajv.compile({ $ref: `openapi#/components/schemas/${name}` })
    const names = Object.keys(components.schemas)
    expect(names.map((name) => typeof validatorOf(name))).toEqual(names.map(() => 'function'))
    const isRow = validatorOf('Row')
    expect(memberRecords.map((record) => isRow(record))).toEqual([true, true, true])
    expect(isRow({ age: {} })).toBe(false)
    const isAnswer = validatorOf('InferenceResponse')
    const answer = await fetch(`${server.url}/v2/models/members/infer`, {
      method: 'POST',
      body: JSON.stringify({ inputs: memberTensors() }),
    })
    expect(isAnswer(await answer.json())).toBe(true)
  })

  it('names no reference that is not there, and no address of the protocol that is not served', async () => {
    const described = await ask()
    const references = Array.from(
      JSON.stringify(described).matchAll(/#\/components\/schemas\/(\w+)/g),
      ([, name]) => name!,
    )
    expect(references.filter((name) => !(name in described.components.schemas))).toEqual([])
    const addresses = Object.entries(described.paths).filter(([path]) => path.startsWith('/v2'))
    const statuses = addresses.map(async ([path, methods]) => {
      const [method] = Object.keys(methods)
      return (await fetch(`${server.url}${path}`, { method: method!.toUpperCase() })).status
    })
    expect((await Promise.all(statuses)).filter((status) => status === 404)).toEqual([])
  })
})

const executable = findChromium()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

describe.skipIf(executable === null)('the page to try an endpoint', () => {
  it('predicts, has no barrier, and runs nothing but its own', { timeout: 60_000 }, async () => {
    const browser = await chromium.launch({ executablePath: executable!, args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage()
      page.setDefaultTimeout(5_000)
      const complaints: string[] = []
      page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())))
      await page.goto(server.url)
      await page.getByLabel('city').fill('Berlin')
      await page.getByLabel('age').fill('31.5')
      await page.getByRole('button', { name: 'Predict' }).click()
      await page.getByText(/"prediction": "(yes|no)"/).waitFor()
      await page.evaluate(axe)
      const barriers: string[] = []
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = await page.evaluate<AxeResults>('axe.run()')
        barriers.push(...violations.map(({ id }) => `${colorScheme}: ${id}`))
      }
      expect(barriers).toEqual([])
      expect(complaints).toEqual([])
      await page.getByLabel('age').fill('old')
      await page.getByRole('button', { name: 'Predict' }).click()
      await page.getByText('“old” is not a number.').waitFor()
    } finally {
      await browser.close()
    }
  })
})
