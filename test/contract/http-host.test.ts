import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openHost } from '../../src/hosts/open-host.ts'
import type { Host } from '../../src/hosts/host.ts'
import { routes, type Route } from '../../src/hosts/http/routes.ts'
import { stubComposition } from './stub-composition.ts'
import { TestWorkspace } from './test-workspace.ts'
import { openPage, redeem, type Page } from './transports.ts'

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
}

describe('the server for browsers', () => {
  let workspace: TestWorkspace
  let host: Host
  let page: Page

  beforeAll(async () => {
    workspace = new TestWorkspace()
    process.env['PIPEWRIGHT_SETTINGS'] = workspace.path('settings')
    host = await openHost({
      folder: workspace.folder,
      composition: stubComposition,
      shared: true,
      signal: new AbortController().signal,
    })
    page = await openPage(host)
  })
  afterAll(async () => {
    await page.close()
    await host.close()
    delete process.env['PIPEWRIGHT_SETTINGS']
    workspace[Symbol.dispose]()
  })

  /** Says whatever it is told to, unlike `fetch`, which keeps to the rules. */
  const call = (
    path: string,
    {
      method = 'GET',
      headers = {},
      body,
    }: { method?: string; headers?: OutgoingHttpHeaders; body?: string } = {},
  ): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { port } = page.http
      const sent = httpRequest({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
        response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, text }))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const upgrade = (headers: OutgoingHttpHeaders, path = '/api/socket'): Promise<number> =>
    new Promise((resolve, reject) => {
      const { origin, ...others } = headers
      const url = `ws://127.0.0.1:${page.http.port}${path}`
      const socket = new WebSocket(url, { headers: others, ...(origin && { origin }) })
      socket.once('open', () => {
        resolve(101)
        socket.terminate()
      })
      socket.once('unexpected-response', (_, response) => resolve(response.statusCode!))
      socket.once('error', reject)
    })
  const ours = (): OutgoingHttpHeaders => ({ cookie: page.cookie, origin: page.origin })
  const bodyOf = ({ accepts }: Route): { headers?: OutgoingHttpHeaders; body?: string } =>
    accepts ? { headers: { 'content-type': accepts }, body: 'a' } : {}
  const pathOf = ({ url }: Route): string =>
    url.replace(':file', `${'0'.repeat(64)}.csv`).replace('*', 'assets/app-1234.js')

  it('has the routes of the table and no other', () => {
    expect([...page.http.served].toSorted()).toEqual(
      routes.map(({ method, url }) => `${method} ${url}`).toSorted(),
    )
  })

  describe.each(routes.filter(({ name }) => name !== 'socket'))('$method $url', (route) => {
    const visit = (headers: OutgoingHttpHeaders): Promise<Answer> => {
      const { headers: own, body } = bodyOf(route)
      return call(pathOf(route), {
        method: route.method,
        headers: { ...own, ...headers },
        ...(body !== undefined && { body }),
      })
    }

    it('is for nobody without the cookie or the token', async () => {
      expect((await visit({ origin: page.origin })).status).toBe(401)
      expect(
        (await visit({ origin: page.origin, cookie: `pipewright-${page.http.port}=guessed` })).status,
      ).toBe(401)
    })

    it('does not know another name of this machine', async () => {
      const headers = { ...ours(), host: `evil.example:${page.http.port}` }
      expect((await visit(headers)).status).toBe(421)
      expect((await visit({ ...ours(), host: '127.0.0.1' })).status).toBe(421)
    })

    it('refuses pages from elsewhere, whatever they show', async () => {
      for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${page.http.port + 1}`])
        expect((await visit({ ...ours(), origin })).status).toBe(403)
      expect(
        (await visit({ ...ours(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' })).status,
      ).toBe(403)
    })

    it('wants to know the page where a call changes something', async () => {
      const { status } = await visit({ cookie: page.cookie })
      expect(status === 403).toBe(route.origin === 'required')
    })

    it('tells browsers what they may not do with the answer', async () => {
      const { headers } = await visit(ours())
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    })

    it('takes no other method', async () => {
      for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', route.method === 'GET' ? 'POST' : 'GET']) {
        const { status } = await call(pathOf(route), { method, headers: ours() })
        expect([method, status]).toEqual([method, 404])
      }
    })
  })

  it.each(routes.filter(({ accepts }) => accepts !== null))(
    '$url takes no other kind of body, and none that is too large',
    async (route) => {
      const send = (headers: OutgoingHttpHeaders, body?: string): Promise<Answer> =>
        call(route.url, {
          method: route.method,
          headers: { ...ours(), ...headers },
          ...(body !== undefined && { body }),
        })
      expect((await send({ 'content-type': 'text/plain' }, 'a')).status).toBe(415)
      expect((await send({}, 'a')).status).toBe(415)
      const size = { 'content-type': route.accepts!, 'content-length': route.mostBytes + 1 }
      expect((await send(size)).status).toBe(413)
    },
  )

  describe('the WebSocket', () => {
    it('opens for the page alone', async () => {
      expect(await upgrade(ours())).toBe(101)
      expect(await upgrade({ origin: page.origin })).toBe(401)
      expect(await upgrade({ cookie: page.cookie })).toBe(403)
      expect(await upgrade({ ...ours(), origin: 'http://evil.example' })).toBe(403)
      expect(await upgrade({ ...ours(), host: 'evil.example' })).toBe(421)
      expect(await upgrade(ours(), '/other')).toBe(404)
    })

    it('ends a connection that sends bytes, and goes on with the others', async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${page.http.port}/api/socket`, {
        headers: { cookie: page.cookie },
        origin: page.origin,
      })
      const closed = new Promise<number>((resolve) => socket.once('close', resolve))
      socket.once('open', () => socket.send(Buffer.of(1, 2, 3)))
      expect(await closed).toBe(1003)
      expect((await page.client.workspace.info()).folder).toBe(host.paths.folder)
    })

    it('is busy from a number of connections on', async () => {
      const most = routes.find(({ name }) => name === 'socket')!.mostAtOnce
      const sockets = Array.from(
        { length: most - 1 },
        () =>
          new WebSocket(`ws://127.0.0.1:${page.http.port}/api/socket`, {
            headers: { cookie: page.cookie },
            origin: page.origin,
          }),
      )
      await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('open', resolve))))
      expect(await upgrade(ours())).toBe(503)
      for (const socket of sockets) socket.terminate()
    })
  })

  it('swaps a token for a cookie that no script and no other site can use, once', async () => {
    const address = page.http.startAddress()
    const first = await fetch(address)
    expect(first.headers.getSetCookie()[0]).toMatch(
      new RegExp(`^pipewright-${page.http.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    )
    expect(await first.text()).toContain('url=/')
    expect((await fetch(address)).status).toBe(401)
  })

  it('slows down whoever guesses', async () => {
    const other = await openPage(host)
    try {
      const guess = (): Promise<number> =>
        fetch(`${other.origin}/`, { headers: { cookie: `pipewright-${other.http.port}=x` } }).then(
          ({ status }) => status,
        )
      const statuses: number[] = []
      for (let attempt = 0; attempt < 25; attempt++) statuses.push(await guess())
      expect(statuses[0]).toBe(401)
      expect(statuses.at(-1)).toBe(429)
      expect((await fetch(`${other.origin}/`, { headers: { cookie: other.cookie } })).status).toBe(200)
    } finally {
      await other.close()
    }
  })

  it('shows the page in the theme of the settings, and its files', async () => {
    await page.client.settings.set({ theme: 'dark' })
    const { text } = await call('/', { headers: ours() })
    expect(text).toContain('data-theme="dark"')
    const file = await call('/assets/app-1234.js', { headers: ours() })
    expect(file).toMatchObject({ status: 200, text: 'export {}\n' })
    expect(file.headers['cache-control']).toContain('immutable')
  })

  it('shows no file beside the window', async () => {
    for (const path of [
      '/../secret',
      '/..%2f..%2fetc%2fpasswd',
      '/assets/../../etc/passwd',
      '/%2e%2e/x',
      '/.env',
    ])
      expect((await call(path, { headers: ours() })).status).not.toBe(200)
  })

  it('stores a file that is sent, under a free name', async () => {
    const send = (name: string) =>
      call(`/api/upload?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { ...ours(), 'content-type': 'application/octet-stream' },
        body: 'a,b\n1,2\n',
      })
    const first = JSON.parse((await send('new data.csv')).text) as { path: string }
    const second = JSON.parse((await send('new data.csv')).text) as { path: string }
    expect(readFileSync(first.path, 'utf8')).toBe('a,b\n1,2\n')
    expect([first.path, second.path].map((path) => path.replace(host.paths.folder, ''))).toEqual([
      '/new data.csv',
      '/new data-2.csv',
    ])
  })

  it('keeps no upload that no pipeline can start from', async () => {
    const send = (name: string, body: string) =>
      call(`/api/upload?use=start&name=${name}`, {
        method: 'POST',
        headers: { ...ours(), 'content-type': 'application/octet-stream' },
        body,
      })
    expect(JSON.parse((await send('no.parquet', 'this is none')).text)).toMatchObject({
      error: { kind: 'user' },
    })
    expect(JSON.parse((await send('yes.csv', 'a,b\n1,2\n')).text)).toMatchObject({
      path: join(host.paths.folder, 'yes.csv'),
    })
    expect(readdirSync(host.paths.folder)).not.toContain('no.parquet')
  })

  it('stores nothing outside the workspace, nor under a name that means something', async () => {
    const send = (query: string) =>
      call(`/api/upload?${query}`, {
        method: 'POST',
        headers: { ...ours(), 'content-type': 'application/octet-stream' },
        body: 'x',
      })
    for (const name of ['../x.csv', '/etc/x', '.hidden', '', 'a\0b', 'x'.repeat(300)])
      expect(JSON.parse((await send(`name=${encodeURIComponent(name)}`)).text)).toMatchObject({
        error: { code: 'http.bad-name' },
      })
    for (const folder of ['/tmp', host.paths.root])
      expect(JSON.parse((await send(`name=x.csv&folder=${encodeURIComponent(folder)}`)).text)).toMatchObject({
        error: { code: 'files.outside' },
      })
    expect(readdirSync(host.paths.folder).filter((name) => name.endsWith('.upload'))).toEqual([])
    expect(existsSync('/tmp/x.csv')).toBe(false)
  })

  it('says of a table that is not there that it is not', async () => {
    const answer = await call(`/api/download/${'0'.repeat(64)}.csv`, { headers: ours() })
    expect(answer.status).toBe(404)
    expect((await call('/api/download/..%2f..%2fx.csv', { headers: ours() })).status).toBe(404)
  })

  it('gives every tab its own connection', async () => {
    const cookie = await redeem(page.http.startAddress())
    expect(cookie).toBe(page.cookie)
  })
})
