import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { notify } from '../../../nodes/flow/notify/definition.ts'
import { postMessage, type Message } from '../../../nodes/flow/notify/post-message.ts'
import { run } from '../../../nodes/flow/notify/run.ts'
import { customers } from '../../../nodes/example-tables.ts'
import { writeReport } from '../../../nodes/write-report.ts'
import { exampleTable } from '../../conformance/example-table.ts'
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts'

interface Taken {
  key: string | undefined
  body: unknown
}

let context: TestContext
let server: Server
let taken: Taken[]
/** What the next requests are answered with; 204 when there are none left. */
let answers: (number | 'never')[]

beforeEach(async () => {
  context = await createTestContext({
    failures: notify.failures,
    feeds: { reports: ['evaluate'] },
  })
  taken = []
  answers = []
  server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8').on('data', (part: string) => (text += part))
    request.on('end', () => {
      taken.push({ key: request.headers['idempotency-key'] as string, body: JSON.parse(text) as unknown })
      const status = answers.shift() ?? 204
      if (status === 'never') return
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await context.dispose()
})

const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`

async function send(params: object, failed: TestContext['failed'] = []): Promise<void> {
  const table = await exampleTable(context, customers)
  const report = await writeReport(context, { type: 'x', metrics: { roc_auc: 0.8123456789 }, content: null })
  const parsed = notify.params.parse({ to: 'webhook', url: url(), backOffSeconds: 0.01, ...params })
  const secrets: Record<string, string> = { 'secret:chat': url(), 'secret:word': 'mellon' }
  const readSecret = (text: string) => Promise.resolve(secrets[text] ?? text)
  await run({ table, reports: [report], model: undefined }, parsed, { ...context, failed, readSecret })
}

const originOf = (address: string) =>
  notify.sends!(notify.params.parse({ message: 'x', to: 'webhook', url: address }))[0]

const message = 'AUC {evaluate.roc_auc} on {rows} rows'

describe('a webhook', () => {
  it('gets the message with rows and metrics as JSON, and a key', async () => {
    await send({ message })
    expect(taken).toEqual([
      {
        key: expect.stringMatching(/^[0-9a-f]{64}$/),
        body: {
          message: 'AUC 0.812346 on 60 rows',
          node: 'node',
          metrics: { roc_auc: 0.8123456789, 'evaluate.roc_auc': 0.8123456789 },
          rows: 60,
          failed: [],
        },
      },
    ])
    expect(context.effects).toMatchObject([{ kind: 'notification', isOfFailure: false }])
  })

  it('is tried again with the same key while it is busy', async () => {
    answers = [503, 429, 204]
    await send({ message })
    expect(taken).toHaveLength(3)
    expect(new Set(taken.map(({ key }) => key)).size).toBe(1)
  })

  it('is not tried again where it refuses, and its redirects are not followed', async () => {
    answers = [400]
    await expect(send({ message })).rejects.toThrow('did not take the message: it answered with status 400.')
    answers = [307]
    await expect(send({ message })).rejects.toThrow('it answered with status 307.')
    expect(taken).toHaveLength(2)
  })

  it('is given up when it does not answer', async () => {
    answers = ['never', 'never']
    await expect(send({ message, timeoutSeconds: 0.1, attempts: 2 })).rejects.toThrow(
      'it did not answer within 0.1 s.',
    )
    expect(taken).toHaveLength(2)
  })
})

describe('a webhook whose address is a secret', () => {
  it('gets the message, and its address is shown nowhere', async () => {
    await send({ message, url: 'secret:chat' })
    expect(taken).toHaveLength(1)
    answers = [400]
    await expect(send({ message, url: 'secret:chat' })).rejects.toThrow(
      'secret:chat did not take the message',
    )
    expect(JSON.stringify([context.logs, context.effects])).not.toContain('127.0.0.1')
  })

  it('needs an address, and trust for the secret', async () => {
    await expect(send({ message, url: 'secret:word' })).rejects.toThrow(
      'What “secret:word” stands for is no address of a webhook.',
    )
    expect(originOf('secret:chat')).toBe('secret:chat')
  })
})

describe('a webhook that is not taken', () => {
  const message = (more: object): Message => ({
    url: url(),
    body: '{}',
    key: 'key',
    timeoutSeconds: 30,
    attempts: 10,
    backOffSeconds: 60,
    signal: new AbortController().signal,
    ...more,
  })

  it('is left at once when the run is cancelled, in a pause and while it does not answer', async () => {
    for (const answer of [503, 'never'] as const) {
      answers = [answer]
      const cancel = new AbortController()
      const posting = postMessage(message({ signal: cancel.signal }))
      await expect.poll(() => answers).toEqual([])
      const began = Date.now()
      cancel.abort(new Error('cancelled'))
      await expect(posting).rejects.toThrow('cancelled')
      expect(Date.now() - began).toBeLessThan(1_000)
    }
  })

  it('is not tried again where the pause would be longer than all may take', async () => {
    answers = [503]
    expect(await postMessage(message({ backOffSeconds: 601 }))).toBe('it answered with status 503')
  })
})

describe('an address', () => {
  it('is told by scheme, host and port', () => {
    for (const address of ['https://hooks.example.com/a?b', 'http://127.0.0.1:8080', 'http://[::1]:80/x'])
      expect(originOf(address)).toBe(new URL(address).origin.replace('[::1]', '[::1]:80'))
    expect(originOf('HTTPS://Hooks.Example.com/A')).toBe('https://hooks.example.com')
  })

  it('is none where it could mean another host than it seems to', () => {
    const hiding = [
      'https://good.example@evil.example/',
      'https:\\\\evil.example',
      'ftp://x',
      'https://',
      'https://a b/',
      'x',
    ]
    expect(hiding.map(originOf)).toEqual(hiding.map(() => undefined))
  })
})

describe('when it tells', () => {
  const failed = [{ node: 'trees', message: 'No rows.' }]

  it('has a key of its own for each time that a failure is told of, else one for what is told', async () => {
    for (const problems of [[], [], failed, failed]) await send({ message }, problems)
    const [first, again, failure, nextFailure] = taken.map(({ key }) => key)
    expect(again).toBe(first)
    expect(new Set([first, failure, nextFailure]).size).toBe(3)
  })

  it('tells of a failure where it is asked to, and only there', async () => {
    await send({ message: 'Oh: {error}', when: 'failure' })
    expect(taken).toEqual([])
    await send({ message: 'Oh: {error}', when: 'failure' }, failed)
    expect(taken).toMatchObject([{ body: { message: 'Oh: “trees” failed: No rows.', failed } }])
  })

  it('tells of a failure though its message names what failed to come', async () => {
    await send({ message: 'AUC {f1}. {error}' }, failed)
    expect(taken).toMatchObject([{ body: { message: 'AUC –. “trees” failed: No rows.' } }])
    await expect(send({ message: 'AUC {f1}' })).rejects.toThrow('The message names “f1”')
  })

  it('tells by a condition on rows and metrics', async () => {
    await send({ message: 'x', when: 'condition', condition: 'roc_auc > 0.9' })
    await send({ message: 'x', when: 'condition', condition: 'roc_auc > 0.8 and mean(months) > 1' }, failed)
    expect(taken).toEqual([])
    await send({ message: 'x', when: 'condition', condition: 'roc_auc > 0.8 and mean(months) > 1' })
    expect(taken).toHaveLength(1)
  })

  it('adds lines to a file', async () => {
    await send({ message, to: 'file', path: 'notes.txt' })
    await send({ message: 'two\nlines', to: 'file', path: 'notes.txt' })
    expect(await readFile(join(context.folder, 'notes.txt'), 'utf8')).toBe(
      'AUC 0.812346 on 60 rows\ntwo lines\n',
    )
  })
})
