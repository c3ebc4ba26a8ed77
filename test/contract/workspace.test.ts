import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorkspaceEvent } from '../../src/contract/workspace-event.ts'
import { customersPipeline, openApp, runToEnd, type OpenApp } from './app-workspace.ts'

describe.each(['in-process', 'WebSocket of a guest'] as const)('the workspace over the %s', (transport) => {
  let app: OpenApp

  beforeAll(async () => {
    app = await openApp(transport)
  })
  afterAll(() => app[Symbol.asyncDispose]())

  it('tells of runs and models, whoever started them', async () => {
    const stop = new AbortController()
    const events = await app.client.workspace.events(undefined, { signal: stop.signal })
    const seen: WorkspaceEvent[] = []
    const heard = (async () => {
      for await (const event of events) {
        seen.push(event)
        if (event.event === 'run-finished') return
      }
    })()
    const document = {
      path: app.workspace.path('customers.pipeline.json'),
      text: customersPipeline.replace('"seed": 3', '"seed": 4'),
    }
    const run = await runToEnd(app.host.client, document)
    await heard
    stop.abort()
    expect(seen).toMatchObject([
      { event: 'run-started', run, pipelineName: 'Customers', pipelinePath: document.path },
      { event: 'model-registered', model: 'leaving', version: 2 },
      { event: 'run-finished', run, status: 'done' },
    ])
  })

  it('has settings that hold for the next time', async () => {
    expect((await app.client.settings.get()).settings).toEqual({
      theme: 'system',
      cores: null,
      memoryMb: null,
      livePreview: true,
      trustedFolders: [],
      proxy: null,
      proxyExceptions: [],
    })
    const changed = await app.client.settings.set({ cores: 2, theme: 'dark' })
    expect(changed).toMatchObject({ settings: { cores: 2, theme: 'dark' }, restartNeeded: true })
    expect(await app.host.client.settings.get()).toEqual(changed)
    expect(JSON.parse(readFileSync(changed.places.settings, 'utf8'))).toMatchObject({
      cores: 2,
      theme: 'dark',
    })
    await expect(app.client.settings.set({ cores: 0 })).rejects.toMatchObject({
      code: 'contract.broken-call',
    })
    expect(await app.client.settings.set({ cores: null })).toMatchObject({ restartNeeded: false })
  })

  it('keeps no password in its settings', async () => {
    await expect(
      app.client.settings.set({ proxy: 'http://me:word@proxy.example:8080' }),
    ).rejects.toMatchObject({ code: 'contract.broken-call' })
  })

  it('tells the names of secrets, and nothing more', async () => {
    const secret = { name: 'chat-hook', value: 'https://chat.example/T0P-S3CRET' }
    const kept = await app.client.secrets.keep(secret)
    expect(kept).toEqual({ keeping: 'session', secrets: [{ name: 'chat-hook', from: 'kept' }] })
    expect(await app.host.client.secrets.list()).toEqual(kept)
    expect(filesWith(app.workspace.folder, 'T0P-S3CRET')).toEqual([])
    expect((await app.client.secrets.forget({ name: 'chat-hook' })).secrets).toEqual([])
    await expect(app.client.secrets.keep({ ...secret, name: 'Chat Hook' })).rejects.toMatchObject({
      code: 'contract.broken-call',
    })
  })

  it('reads on in the log of a run', async () => {
    const first = await app.client.runs.logs({ run: app.run, node: null, after: 0 })
    expect(first.isEnd).toBe(true)
    const again = await app.client.runs.logs({ run: app.run, node: null, after: first.next })
    expect(again).toEqual({ lines: [], next: first.next, isEnd: true })
  })

  it('writes a file for a report that tells nothing of data', async () => {
    const { path } = await app.client.workspace.diagnostics()
    const text = readFileSync(path, 'utf8')
    expect(JSON.parse(text)).toMatchObject({ runs: [{ status: 'done' }, { status: 'done' }] })
    for (const secret of ['customers', 'Customers', 'spend', 'Jena', 'leaving', app.workspace.folder])
      expect(text).not.toContain(secret)
  })

  it('gives the whole catalogue at once', async () => {
    const { nodes } = await app.client.nodes.catalogue()
    const { nodes: listed } = await app.client.nodes.list()
    expect(nodes.map(({ id }) => id)).toEqual(listed.map(({ id }) => id))
    expect(nodes[0]).toEqual(await app.client.nodes.show({ id: nodes[0]!.id }))
  })
})

/** Of all files below a folder, those that hold a text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => readFileSync(path).includes(text))
}
