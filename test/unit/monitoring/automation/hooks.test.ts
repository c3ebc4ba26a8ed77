import { createServer, type AddressInfo } from 'node:net'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openHooks } from '../../../../src/monitoring/automation/open-hooks.ts'
import { temporaryFolder, temporaryTracking } from '../../storage/storage-samples.ts'

function desk() {
  const root = temporaryFolder()
  const { schedules } = temporaryTracking()
  const asked: object[] = []
  const hooks = openHooks({
    schedules,
    automation: {
      ask(request) {
        asked.push(request)
        return Promise.resolve({ number: asked.length, state: 'waiting' } as never)
      },
    },
    root,
    onDefect: (error) => {
      throw error
    },
  })
  onTestFinished(() => hooks.close())
  const trigger = { kind: 'webhook' } as const
  const turn = (isOn: boolean) =>
    schedules.switch({ path: '/pipelines/a.pipeline.json', name: 'hook', trigger, isOn, who: 'Ada', now: 1 })
  return { root, hooks, asked, turn }
}

test('a call gives values of parameters, and is refused where it is something else', async () => {
  const { hooks, asked, turn } = desk()
  const schedule = turn(true)
  const token = hooks.tokenOf(schedule)
  hooks.resume()
  await expect.poll(() => hooks.addressOf(schedule)).not.toBeNull()
  const url = hooks.addressOf(schedule)!
  const call = async (body: string | null, other: RequestInit = {}): Promise<number> =>
    (
      await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'x' },
        body,
        ...other,
      })
    ).status
  expect(await call('{"parameters": {"limit": 5, "name": "a"}}')).toBe(202)
  expect(await call(null)).toBe(202)
  expect(await call('{"other": 1}')).toBe(400)
  expect(await call('no json')).toBe(400)
  expect(await call(`{"parameters": {"a": "${'x'.repeat(70_000)}"}}`)).toBe(413)
  expect(await call(null, { method: 'GET' })).toBe(405)
  expect(
    (await fetch(`${url}s`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).status,
  ).toBe(401)
  turn(false)
  expect(await call(null)).toBe(409)
  expect(asked).toEqual([
    {
      path: '/pipelines/a.pipeline.json',
      name: 'hook',
      key: 'delivery x',
      parameters: { limit: '5', name: 'a' },
      who: 'webhook',
    },
    { path: '/pipelines/a.pipeline.json', name: 'hook', key: 'delivery x', parameters: {}, who: 'webhook' },
  ])
})

test('the address stays, unless another program has taken its port', async () => {
  const { root, hooks, turn } = desk()
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const { port } = other.address() as AddressInfo
  const file = join(root, 'hooks.json')
  writeFileSync(file, JSON.stringify({ port }))
  const schedule = turn(true)
  const token = hooks.tokenOf(schedule)
  hooks.resume()
  await expect.poll(() => hooks.addressOf(schedule)).not.toBeNull()
  const url = hooks.addressOf(schedule)!
  expect(new URL(url).port).not.toBe(String(port))
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ port: Number(new URL(url).port) })
  const answer = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(202)
})
