import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { alertChannelSchema } from '../../../../src/core/alert-channel.ts'
import { temporaryFolder } from '../../storage/storage-samples.ts'
import { beyondAt, pointAt, ruleOf } from './alert-samples.ts'
import { openedAlerts } from './opened-alerts.ts'
import { mailReceiver, webhookReceiver } from './receivers.ts'

type Options = NonNullable<Parameters<typeof openedAlerts>[1]>

/** One alert from its beginning to its end, told to one channel. */
async function toldTo(target: Parameters<ReturnType<typeof openedAlerts>['keep']>[1], options: Options = {}) {
  const rules = [ruleOf({ channels: ['team'], severity: 'critical', title: 'Drift <of> all & more' })]
  const opened = openedAlerts(rules, options)
  opened.keep('team', target)
  opened.measure(beyondAt(1))
  await opened.alerts.settle()
  opened.measure(pointAt(2))
  await opened.alerts.settle()
  return opened
}

const key = 'churn/drift/2026-01-01T00:00:01.000Z'

describe('a webhook', () => {
  it('takes CloudEvents: one id each, and the times they tell of', async () => {
    const { url, received } = await webhookReceiver()
    await toldTo({ kind: 'webhook', url, format: 'cloudevents' })
    expect(received[0]!.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8')
    expect(received.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      {
        specversion: '1.0',
        id: `${key}/firing`,
        source: '/pipewright/deployments/churn',
        type: 'dev.pipewright.alert.firing',
        subject: 'drift',
        time: '2026-01-01T00:00:01.000Z',
        datacontenttype: 'application/json',
        data: { key, severity: 'critical' },
      },
      { id: `${key}/resolved`, type: 'dev.pipewright.alert.resolved', time: '2026-01-01T00:00:02.000Z' },
    ])
  })

  it('takes what Slack takes, with nothing in it that Slack would follow', async () => {
    const { url, received } = await webhookReceiver()
    await toldTo({ kind: 'webhook', url, format: 'slack' })
    expect(received.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      {
        text: 'churn: Drift &lt;of&gt; all &amp; more',
        attachments: [
          { color: '#dc2626', text: expect.stringContaining(': 75 %') as string, ts: 1_767_225_601 },
        ],
      },
      { text: 'churn: over: Drift &lt;of&gt; all &amp; more', attachments: [{ color: '#16a34a' }] },
    ])
  })

  it('takes what PagerDuty takes: the end has the key of the beginning', async () => {
    const { url, received } = await webhookReceiver()
    await toldTo(
      { kind: 'webhook', url, format: 'pagerduty', routingKey: 'secret:pager' },
      { secrets: { pager: 'R012' } },
    )
    expect(received.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      {
        routing_key: 'R012',
        event_action: 'trigger',
        dedup_key: key,
        payload: { severity: 'critical', source: 'churn', timestamp: '2026-01-01T00:00:01.000Z' },
      },
      { routing_key: 'R012', event_action: 'resolve', dedup_key: key },
    ])
  })

  it('is reached by what secrets stand for, which stand nowhere', async () => {
    const { url, received } = await webhookReceiver()
    const folder = temporaryFolder()
    const secrets = { chat: `${url}/T0K3N`, token: 'Bearer H1DDEN' }
    const headers = { authorization: 'secret:token' }
    const { tracking } = await toldTo({ kind: 'webhook', url: 'secret:chat', headers }, { folder, secrets })
    expect(received[0]).toMatchObject({
      url: '/hook/T0K3N',
      headers: { authorization: 'Bearer H1DDEN', 'idempotency-key': `${key}/firing` },
    })
    tracking.close()
    const database = await readFile(join(folder, 'tracking.db'), 'latin1')
    expect(database).toContain('secret:token')
    expect(database).not.toMatch(/T0K3N|H1DDEN/)
  })

  it('waits for a secret that is not there yet', async () => {
    const { url, received } = await webhookReceiver()
    const secrets: Record<string, string> = {}
    const { alerts, wait } = await toldTo({ kind: 'webhook', url: 'secret:chat' }, { secrets })
    expect(alerts.channels().at(-1)!.problem).toMatchObject({ message: 'there is no secret “chat”' })
    secrets['chat'] = url
    await wait(1)
    expect(received).toHaveLength(2)
  })

  it('goes through the proxy that the settings name, but not for hosts they except', async () => {
    const { url, received } = await webhookReceiver()
    const asked: string[] = []
    const proxy = createServer((request, response) => {
      asked.push(request.url!)
      request.resume()
      response.writeHead(204).end()
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    onTestFinished(() => void proxy.close())
    const http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const far = 'http://hooks.example/alerts'
    await toldTo({ kind: 'webhook', url: far }, { environment: { http_proxy } })
    expect(asked).toEqual([far, far])
    await toldTo({ kind: 'webhook', url }, { environment: { http_proxy, no_proxy: '127.0.0.1' } })
    expect([asked.length, received.length]).toEqual([2, 2])
  })

  it('is not followed to where it redirects', async () => {
    const { url } = await webhookReceiver([307])
    const { alerts } = await toldTo({ kind: 'webhook', url })
    expect(alerts.channels().at(-1)!.problem).toMatchObject({ message: 'it answered with status 307' })
  })
})

describe('e-mail', () => {
  const target = { kind: 'email', host: '127.0.0.1', security: 'none', from: 'pw@example.com' } as const

  it('comes with an id that stays, and its end as an answer to its beginning', async () => {
    const { port, received } = await mailReceiver()
    await toldTo(
      { ...target, port, to: ['ada@example.com', 'eve@example.com'], user: 'pw', password: 'secret:mail' },
      { secrets: { mail: 'pa55' } },
    )
    const [first, last] = received
    expect(first).toMatchObject({
      from: 'pw@example.com',
      to: ['ada@example.com', 'eve@example.com'],
      password: 'pa55',
    })
    expect(first!.headers.get('subject')).toBe('churn: Drift <of> all & more')
    expect(first!.headers.get('x-pipewright-alert')).toBe(key)
    expect(first!.text).toContain(': 75 %, beyond its limit of 50 %.')
    expect(last!.headers.get('in-reply-to')).toBe(first!.headers.get('message-id'))
    expect(last!.headers.get('message-id')).not.toBe(first!.headers.get('message-id'))
  })

  it('is tried again where the server says so, and given up where it refuses', async () => {
    const busy = await mailReceiver(['451 greylisted'])
    const later = await toldTo({ ...target, port: busy.port, to: ['ada@example.com'] })
    expect(later.alerts.channels().at(-1)!.problem).toMatchObject({
      message: 'the mail server answered with 451',
      isFinal: false,
    })
    await later.wait(1)
    expect(busy.received.map(({ headers }) => headers.get('subject')!.includes('over'))).toEqual([
      false,
      true,
    ])
    const strict = await mailReceiver(['554 no'])
    const given = await toldTo({ ...target, port: strict.port, to: ['ada@example.com'] })
    expect(given.alerts.channels().at(-1)!.problem).toMatchObject({ isFinal: true })
  })

  it('names the server that was not reached, and why', async () => {
    const { alerts } = await toldTo({ ...target, host: '127.0.0.1', port: 1, to: ['ada@example.com'] })
    expect(alerts.channels().at(-1)!.problem).toMatchObject({
      message: 'the mail server 127.0.0.1:1 was not reached: nothing answers there',
    })
  })

  it('says nothing to a server that does not encrypt, where it should', async () => {
    const { port, received } = await mailReceiver()
    const { alerts } = await toldTo({ ...target, port, security: 'starttls', to: ['ada@example.com'] })
    expect(received).toEqual([])
    expect(alerts.channels().at(-1)!.problem).toMatchObject({
      message: 'the mail server offers no encryption that can be trusted',
    })
  })

  it('goes through the proxy where the channel says so', async () => {
    const { port, received } = await mailReceiver()
    const proxy = createServer()
    proxy.on('connect', (request, socket) => {
      const onward = connect(Number(request.url!.split(':').at(-1)), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        onward.pipe(socket).pipe(onward)
      })
    })
    proxy.listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    onTestFinished(() => void proxy.close())
    const http_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    await toldTo(
      { ...target, host: 'mail.example', port, to: ['ada@example.com'], throughProxy: true },
      { environment: { http_proxy } },
    )
    expect(received).toHaveLength(2)
  })
})

describe('a command', () => {
  it('is run without a shell, once somebody trusted it', async () => {
    const folder = temporaryFolder()
    const script =
      'let all = ""; process.stdin.on("data", (text) => all += text).on("end", () => ' +
      'fs.appendFileSync("told.jsonl", JSON.stringify({ argument: process.argv[1], state: ' +
      'process.env.PIPEWRIGHT_ALERT_STATE, key: JSON.parse(all).key }) + "\\n"))'
    const argv = [process.execPath, '-e', script, '$(touch hacked); "a b"']
    const channel = alertChannelSchema.parse({ name: 'team', target: { kind: 'command', argv } })
    const { alerts } = openedAlerts([])
    expect(() => alerts.keepChannel(channel, { trust: false })).toThrow(
      expect.objectContaining({ code: 'alert.untrusted-command' }),
    )
    await toldTo(channel.target, { folder, environment: process.env })
    const lines = (await readFile(join(folder, 'told.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      { argument: '$(touch hacked); "a b"', state: 'firing', key },
      { argument: '$(touch hacked); "a b"', state: 'resolved', key },
    ])
  })

  it('is run whatever a rule is called', async () => {
    const folder = temporaryFolder()
    const opened = openedAlerts([ruleOf({ channels: ['team'], title: 'a\0b' })], {
      folder,
      environment: process.env,
    })
    const script = 'fs.writeFileSync("told", process.env.PIPEWRIGHT_ALERT_HEADLINE)'
    opened.keep('team', { kind: 'command', argv: [process.execPath, '-e', script] })
    opened.measure(beyondAt(1))
    await opened.alerts.settle()
    expect(opened.defects).toEqual([])
    expect(await readFile(join(folder, 'told'), 'utf8')).toBe('churn: ab')
  })

  it('says how it failed', async () => {
    const problemOf = async (argv: string[], timeoutSeconds = 30) => {
      const opened = openedAlerts([])
      opened.keep('team', { kind: 'command', argv, timeoutSeconds })
      return (await opened.alerts.test('team')).problem
    }
    expect(await problemOf([process.execPath, '-e', 'process.exit(3)'])).toMatch(/ended with 3$/)
    expect(await problemOf(['/no/such/program'])).toBe('/no/such/program could not be started (ENOENT)')
    const endless = [process.execPath, '-e', 'setInterval(() => {}, 1e3)']
    expect(await problemOf(endless, 1)).toContain('took too long')
  })
})

describe('channels', () => {
  it('are tried out at once', async () => {
    const { url, received } = await webhookReceiver([500])
    const { alerts, keep, shown } = openedAlerts([])
    keep('team', { kind: 'webhook', url })
    expect((await alerts.test('team')).problem).toBe('it answered with status 500')
    expect((await alerts.test('team')).problem).toBeNull()
    expect(received).toHaveLength(2)
    expect((await alerts.test('app')).problem).toBeNull()
    expect(shown).toMatchObject([{ title: 'This is a test' }])
    await expect(alerts.test('taem')).rejects.toMatchObject({ remedy: 'Did you mean “team”?' })
  })

  it('take what waits for them with them', async () => {
    const { alerts, measure, keep, wait } = openedAlerts([ruleOf({ channels: ['team'] })])
    keep('team', { kind: 'webhook', url: 'http://127.0.0.1:9/' })
    measure(beyondAt(1))
    await alerts.settle()
    alerts.removeChannel('team')
    await wait(1)
    expect(alerts.list(null).alerts[0]!.deliveries).toMatchObject([{ state: 'dropped', attempts: 1 }])
    expect(alerts.channels().map(({ name }) => name)).toEqual(['app', 'desktop'])
  })

  it('are refused with their secrets written out, or what nobody could send', () => {
    const problemsOf = (target: object, name = 'team') =>
      alertChannelSchema
        .safeParse({ name, target })
        .error?.issues.map(({ path }) => path.join('.'))
        .toSorted() ?? []
    const url = 'https://hooks.example/1'
    expect(problemsOf({ kind: 'webhook', url })).toEqual([])
    expect(problemsOf({ kind: 'webhook', url: 'https://me:pass@hooks.example/' })).toEqual(['target.url'])
    expect(problemsOf({ kind: 'webhook', url: 'file:///etc/passwd' })).toEqual(['target.url'])
    expect(problemsOf({ kind: 'webhook', url, format: 'pagerduty' })).toEqual(['target.routingKey'])
    expect(problemsOf({ kind: 'webhook', url, format: 'pagerduty', routingKey: 'R012' })).toEqual([
      'target.routingKey',
    ])
    expect(problemsOf({ kind: 'webhook', url, headers: { host: 'a' } })).toEqual(['target.headers.host'])
    expect(problemsOf({ kind: 'webhook', url }, 'desktop')).toEqual(['name'])
    const mail = { kind: 'email', host: 'smtp.example', from: 'a@b.example', to: ['c@d.example'] }
    expect(problemsOf(mail)).toEqual([])
    expect(problemsOf({ ...mail, user: 'a', password: 'plain' })).toEqual(['target.password'])
    expect(problemsOf({ ...mail, user: 'a' })).toEqual(['target.password'])
    expect(problemsOf({ kind: 'command', argv: 'rm -r /' })).toEqual(['target.argv'])
  })
})
