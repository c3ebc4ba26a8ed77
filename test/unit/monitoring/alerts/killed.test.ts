import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../storage/storage-samples.ts'
import { beyondAt, ruleOf } from './alert-samples.ts'
import { openedAlerts } from './opened-alerts.ts'

/** Notes the key of what it is sent; answers only once it may. */
async function receiver(onReceived: () => void = () => undefined) {
  const keys: unknown[] = []
  const state = { answers: false }
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      keys.push(request.headers['idempotency-key'])
      onReceived()
      if (state.answers) response.writeHead(204).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { keys, state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

function startHost(folder: string, url: string, how: 'at-once' | 'waiting') {
  const child = join(import.meta.dirname, 'alerting-child.ts')
  return spawn(process.execPath, [child, folder, url, how], { stdio: ['ignore', 'ignore', 'inherit'] })
}

/** The host that comes after: what it reads of the alert, and what it tells. */
async function nextHost(folder: string) {
  const rules = [ruleOf({ channels: ['team'] })]
  const { alerts } = openedAlerts(rules, { folder, points: [beyondAt(1)], now: Date.now() })
  await alerts.settle()
  return alerts.list('churn').alerts
}

describe('a host that is killed when an alert fires', () => {
  it('has told nobody, and the next one tells', async () => {
    const folder = temporaryFolder()
    const { keys, state, url } = await receiver()
    await once(startHost(folder, url, 'at-once'), 'exit')
    expect(keys).toEqual([])
    state.answers = true
    const [alert] = await nextHost(folder)
    expect(keys).toEqual([`${alert!.key}/firing`])
    expect(alert).toMatchObject({ state: 'firing', deliveries: [{ state: 'delivered', attempts: 1 }] })
  })

  it('has told somebody who did not hear to the end, and the next one says the same', async () => {
    const folder = temporaryFolder()
    const host: { kill?: () => void } = {}
    const { keys, state, url } = await receiver(() => host.kill?.())
    const child = startHost(folder, url, 'waiting')
    host.kill = () => child.kill('SIGKILL')
    await once(child, 'exit')
    state.answers = true
    delete host.kill
    const [alert] = await nextHost(folder)
    expect(keys).toEqual([`${alert!.key}/firing`, `${alert!.key}/firing`])
  })
})
