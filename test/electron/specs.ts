import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Driver } from './driver.ts'
import type { TestApp } from './window/main.ts'

declare const testApp: TestApp

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !holds(); turn++) await sleep(20)
}

const serverLog = (folder: string): string =>
  readFileSync(join(folder, '.pipewright', 'deployments', 'trees', 'server.log'), 'utf8')

/** It waits for a server that nobody runs. */
const slowPipeline = JSON.stringify({
  format: 1,
  id: 'slow',
  name: 'Slow',
  seed: 0,
  nodes: {
    rows: { type: 'ingestion.inline', version: 1, params: { text: 'a\n1\n' } },
    tell: {
      type: 'flow.notify',
      version: 1,
      params: { message: 'x', to: 'webhook', url: 'http://127.0.0.1:9/', backOffSeconds: 60 },
    },
  },
  edges: ['rows.table -> tell.table'],
})

/** The one that needs a workspace with an endpoint that was left switched on. */
export const endpointSpec = 'brings back an endpoint that was on, and lets it answer from the tray'

/** What must hold for the app around the page, as sentences. */
export const specs: Readonly<Record<string, (driver: Driver) => Promise<void>>> = {
  async 'shows its page once it is drawn, in the theme of the settings'({ page, isShown, notes }) {
    assert.equal(await page.title(), 'Test window')
    assert.equal(isShown(), true)
    assert.equal(await page.evaluate(() => document.documentElement.dataset['theme']), 'system')
    assert.deepEqual(notes('preload-error'), [])
  },

  async 'carries calls to the host of the workspace, and errors back'({ page, folder }) {
    const info = await page.evaluate(() => testApp.client.workspace.info())
    assert.equal(info.folder, folder)
    const code = await page.evaluate(() =>
      testApp.client.models.show({ reference: 'nobody' }).then(
        () => 'answered',
        (error: { code?: string }) => error.code,
      ),
    )
    assert.equal(code, 'registry.unknown-model')
  },

  async 'carries streams'({ page }) {
    const seen = await page.evaluate(async () => {
      const { client } = testApp
      const document = await client.files.create({ folder: null, name: 'empty' })
      const { path, text } = document
      const started = await client.runs.start({
        document: { path, text },
        parameters: {},
        trust: false,
        tied: false,
      })
      if (started.outcome === 'refused') return started.findings.map(({ message }) => message)
      const events: string[] = []
      for await (const { event } of await client.runs.events({ run: started.run, after: 0 }))
        events.push(event)
      return events
    })
    assert.deepEqual(seen, ['run-started', 'run-finished'])
  },

  async 'looks into files in a process of its own'({ page, folder }) {
    writeFileSync(join(folder, 'numbers.csv'), 'a,b\n1,x\n2,y\n')
    const rows = await page.evaluate(
      async (path) => {
        const { rows } = await testApp.client.files.preview({ path, params: {}, rows: 5 })
        return rows
      },
      join(folder, 'numbers.csv'),
    )
    assert.deepEqual(rows, [
      [1, 'x'],
      [2, 'y'],
    ])
  },

  async 'keeps secrets for good, sealed by the system'({ page, userData }) {
    const kept = await page.evaluate(() =>
      testApp.client.secrets.keep({ name: 'chat', value: 'https://chat.example/T0P-S3CRET' }),
    )
    assert.deepEqual(kept, { keeping: 'sealed', secrets: [{ name: 'chat', from: 'kept' }] })
    const text = readFileSync(join(userData, 'secrets.json'), 'utf8')
    assert.match(text, /"chat": "/)
    assert.doesNotMatch(text, /S3CRET|UzNDUkVU/)
    const after = await page.evaluate(() => testApp.client.secrets.forget({ name: 'chat' }))
    assert.deepEqual(after.secrets, [])
  },

  async 'gives the page a pipe and nothing else'({ page }) {
    const found = await page.evaluate(() => {
      const scope = globalThis as unknown as Record<string, unknown>
      const bridge = scope['pipewright'] as object
      return {
        globals: ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter(
          (name) => name in scope,
        ),
        keys: Object.keys(bridge),
        isFrozen: Object.isFrozen(bridge),
      }
    })
    assert.deepEqual(found, { globals: [], keys: ['send', 'onMessage'], isFrozen: true })
  },

  async 'runs no script and loads no file but its own'({ page, notes }) {
    const blocked = await page.evaluate(async () => {
      const inline = document.createElement('script')
      inline.textContent = 'globalThis.wasRun = true'
      document.body.append(inline)
      const policies: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => policies.push(event.effectiveDirective))
      const image = new Image()
      image.src = 'https://elsewhere.example/pixel.png'
      const fetched = await fetch('https://elsewhere.example/').then(
        () => 'fetched',
        () => 'refused',
      )
      await new Promise((resolve) => setTimeout(resolve, 100))
      return { wasRun: 'wasRun' in globalThis, fetched, policies: policies.toSorted() }
    })
    assert.deepEqual(blocked, {
      wasRun: false,
      fetched: 'refused',
      policies: ['connect-src', 'img-src', 'script-src-elem'],
    })
    assert.deepEqual(notes('network'), [])
  },

  async 'may style itself, as its menus and editors do'({ page }) {
    const color = await page.evaluate(() => {
      const style = document.createElement('style')
      style.textContent = 'body { color: rgb(1, 2, 3) }'
      document.head.append(style)
      return getComputedStyle(document.body).color
    })
    assert.equal(color, 'rgb(1, 2, 3)')
  },

  async 'shows no file beside its own'({ page }) {
    const statuses = await page.evaluate(() =>
      Promise.all(
        ['/nothing.js', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/etc/passwd', '/%00'].map((path) =>
          fetch(path).then(({ status }) => status),
        ),
      ),
    )
    assert.ok(statuses.every((status) => status === 403 || status === 404))
  },

  async 'does not leave its page'({ page, notes }) {
    await page.evaluate(() => {
      location.href = 'https://elsewhere.example/'
    })
    await until(() => notes('will-navigate').length > 0)
    assert.deepEqual(notes('will-navigate'), [{ url: 'https://elsewhere.example/', prevented: true }])
    assert.equal(await page.evaluate(() => document.title), 'Test window')
  },

  async 'opens no window'({ page, notes }) {
    await page.evaluate(() => void window.open('https://elsewhere.example/'))
    await until(() => notes('window-open').length > 0 && page.context().pages().length === 1)
    assert.deepEqual(notes('window-open'), [{ url: 'https://elsewhere.example/', action: 'deny' }])
    assert.equal(page.context().pages().length, 1)
  },

  async 'grants a page nothing but the clipboard'({ asksFor }) {
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal'])
      assert.equal(await asksFor(permission), false, permission)
    assert.equal(await asksFor('clipboard-sanitized-write'), true)
  },

  async 'listens to its own page alone'({ speakAs, notes }) {
    const before = notes('showOpenDialog').length
    for (const url of ['https://elsewhere.example/', 'app://other/index.html', 'file:///tmp/x.html'])
      await speakAs(url, { kind: 'choose', id: 1, what: 'pipeline' })
    await sleep(50)
    assert.equal(notes('showOpenDialog').length, before)
  },

  async 'asks with dialogs of the system, and may then read what was chosen'({ page, answer, folder }) {
    const path = join(folder, '..', 'chosen.pipeline.json')
    writeFileSync(path, '{}')
    const open = (): Promise<string> =>
      page.evaluate(
        (chosen) =>
          testApp.client.files.open({ path: chosen }).then(
            ({ text }) => text,
            (error: { code?: string }) => error.code!,
          ),
        path,
      )
    assert.equal(await open(), 'files.outside')
    await answer({ canceled: false, filePaths: [path] })
    assert.equal(await page.evaluate(() => testApp.native.choose('pipeline')), path)
    assert.equal(await open(), '{}')
    await answer({ canceled: true, filePaths: [] })
    assert.equal(await page.evaluate(() => testApp.native.choose('data')), null)
  },

  async 'passes on what is chosen in the menu'({ page, click }) {
    for (const id of ['run', 'save', 'undo', 'shortcuts']) await click(id)
    await page.waitForFunction(() => testApp.commands.length >= 4)
    const commands = await page.evaluate(() => testApp.commands.splice(0))
    assert.deepEqual(
      commands.map(({ command }) => command),
      ['run', 'save', 'undo', 'shortcuts'],
    )
  },

  async 'opens files that a second start, or the mouse, brings'({ page, folder, startAgain }) {
    const path = join(folder, 'later.pipeline.json')
    await startAgain(['electron', 'main.js', '--flag', 'later.pipeline.json'])
    await page.waitForFunction(() => testApp.commands.length >= 1)
    assert.deepEqual(await page.evaluate(() => testApp.commands.splice(0)), [{ command: 'open-path', path }])
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.items.add(new File(['x'], 'new.csv'))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }))
    })
    await page.waitForFunction(() => testApp.commands.length >= 1)
    assert.deepEqual(await page.evaluate(() => testApp.commands.splice(0)), [
      { command: 'open-path', path: '/dropped/new.csv' },
    ])
  },

  async 'goes on after the page was loaded again'({ page, folder }) {
    await page.reload()
    await page.waitForSelector('body[data-ready=yes]', { state: 'attached' })
    const info = await page.evaluate(() => testApp.client.workspace.info())
    assert.equal(info.folder, folder)
  },

  async [endpointSpec](driver) {
    const { page, answer } = driver
    const states = await page.evaluate(async () => {
      const { deployments } = await testApp.client.deployments.list()
      return deployments.map(({ name, state }) => `${name} is ${state === 'off' ? 'off' : 'coming'}`)
    })
    assert.deepEqual(states, ['trees is coming'])
    const { state, error, address } = await page.evaluate(async () => {
      for await (const event of await testApp.client.deployments.events({ name: 'trees' }))
        if (event.event === 'state' && ['on', 'failed'].includes(event.deployment.state))
          return event.deployment
      throw new Error('Nothing more was told of it.')
    })
    if (state !== 'on') throw new Error(`${error?.message}\n${serverLog(driver.folder)}`)
    await answer({ response: 0 })
    driver.closeWindow()
    await until(() => driver.tray() !== null)
    assert.equal(driver.tray(), 'Pipewright: “trees” answers requests')
    assert.deepEqual([driver.isShown(), (await fetch(`${address}/v2/health/ready`)).status], [false, 200])
    driver.clickTray()
    await page.evaluate(() => testApp.client.deployments.switchOff({ name: 'trees' }))
  },

  async 'works on in the tray when its window is closed during a run'(driver) {
    const { page, answer } = driver
    const asked = driver.notes('showMessageBox').length
    const run = await page.evaluate(async (text) => {
      const { path } = await testApp.client.files.create({ folder: null, name: 'slow' })
      const document = { path, text }
      const started = await testApp.client.runs.start({ document, parameters: {}, trust: true, tied: false })
      return started.outcome === 'refused' ? JSON.stringify(started.findings) : started.run
    }, slowPipeline)
    await answer({ response: 2 })
    driver.closeWindow()
    await until(() => driver.notes('showMessageBox').length === asked + 1)
    assert.equal(driver.isShown(), true)
    await answer({ response: 0 })
    driver.closeWindow()
    await until(() => driver.tray() !== null)
    assert.equal(driver.tray(), 'Pipewright: “Slow” is running')
    assert.equal(driver.isShown(), false)
    driver.clickTray()
    assert.deepEqual([driver.isShown(), driver.tray()], [true, null])
    const ended = await page.evaluate(async (id) => {
      await testApp.client.runs.cancel({ run: id })
      for await (const event of await testApp.client.runs.events({ run: id, after: 0 }))
        if (event.event === 'run-finished') return event.status
      return null
    }, run)
    assert.equal(ended, 'cancelled')
  },

  async 'shows alerts as notifications of the system, which bring the window back'(driver) {
    const { problem } = await driver.page.evaluate(() => testApp.client.alerts.test({ channel: 'desktop' }))
    assert.equal(problem, null)
    await until(() => driver.notes('notification').length > 0)
    assert.deepEqual(driver.notes('notification'), [
      { title: 'test: This is a test', body: 'Pipewright can tell you of alerts here.' },
    ])
    driver.clickNotification()
    assert.equal(driver.isShown(), true)
  },

  async 'gives the workspace back when its window is closed'(driver) {
    await driver.close()
    assert.equal(driver.notes('quit').length, 1)
    assert.equal(existsSync(join(driver.folder, '.pipewright', 'host.lock.json')), false)
  },
}
