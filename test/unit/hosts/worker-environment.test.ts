import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { workerEnvironment } from '../../../src/hosts/worker-environment.ts'

test('leaves secrets out, and the proxy of the environment in', () => {
  const given = { PATH: '/bin', HTTPS_PROXY: 'http://outer:1', PIPEWRIGHT_SECRET_WAREHOUSE: 'word' }
  expect(workerEnvironment({ proxy: null, proxyExceptions: [] }, given)).toEqual({
    PATH: '/bin',
    HTTPS_PROXY: 'http://outer:1',
    NODE_USE_ENV_PROXY: '1',
  })
})

test('sends requests through the proxy of the settings, but for its exceptions', async () => {
  const asked: string[] = []
  const proxy = createServer((_, response) => response.end('by proxy'))
  proxy.on('connect', ({ url }: { url: string }, socket: { end(text: string): void }) => {
    asked.push(url)
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  try {
    const settings = { proxy: `http://127.0.0.1:${port}`, proxyExceptions: ['.inside.invalid'] }
    const script = `
      const ask = (url) => fetch(url).catch(() => undefined)
      await Promise.all([ask('https://outside.invalid/x'), ask('https://a.inside.invalid/x')])`
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      env: workerEnvironment(settings),
    })
    expect(asked).toEqual(['outside.invalid:443'])
  } finally {
    proxy.close()
  }
})
