import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parsePipeline } from '../../src/core/parse-pipeline.ts'
import { builtInComposition } from '../../src/hosts/built-in-composition.ts'
import { runToEnd } from './app-workspace.ts'
import { TestWorkspace } from './test-workspace.ts'
import { openTransport, type OpenTransport } from './transports.ts'

const empty = { nodes: {} }

describe.each(['in-process', 'WebSocket of a guest'] as const)('files over the %s', (transport) => {
  let workspace: TestWorkspace
  let elsewhere: TestWorkspace
  let open: OpenTransport

  beforeAll(async () => {
    workspace = new TestWorkspace()
    elsewhere = new TestWorkspace()
    process.env['PIPEWRIGHT_SETTINGS'] = elsewhere.path('settings')
    open = await openTransport(transport, { folder: workspace.folder, composition: builtInComposition })
  })
  afterAll(async () => {
    await open.close()
    delete process.env['PIPEWRIGHT_SETTINGS']
    workspace[Symbol.dispose]()
    elsewhere[Symbol.dispose]()
  })

  it('are listed, folders first, without what is hidden', async () => {
    mkdirSync(workspace.path('listed/zebra'), { recursive: true })
    for (const name of ['b.csv', 'a.pipeline.json', '.hidden', 'notes.md', 'part10.csv', 'part9.csv'])
      workspace.write(`listed/${name}`, 'x')
    const { entries, parent } = await open.client.files.list({ folder: workspace.path('listed') })
    expect(entries.map(({ name, kind }) => [name, kind])).toEqual([
      ['zebra', 'folder'],
      ['a.pipeline.json', 'pipeline'],
      ['b.csv', 'data'],
      ['notes.md', 'other'],
      ['part9.csv', 'data'],
      ['part10.csv', 'data'],
    ])
    expect(parent).toBe(open.host.paths.folder)
    expect((await open.client.files.list({ folder: null })).parent).toBeNull()
  })

  it('are neither read nor written outside of the workspace, nor where Pipewright keeps its own', async () => {
    const strange = elsewhere.pipeline('strange.pipeline.json', empty)
    symlinkSync(elsewhere.folder, workspace.path('link'))
    for (const path of [
      strange,
      workspace.path('link/strange.pipeline.json'),
      workspace.path('../strange.pipeline.json'),
      workspace.path('.pipewright/host.token'),
      'relative.pipeline.json',
    ]) {
      await expect(open.client.files.open({ path })).rejects.toMatchObject({ code: 'files.outside' })
      const text = workspace.pipelineText(empty)
      await expect(open.client.files.save({ path, text, basedOn: null })).rejects.toMatchObject({
        code: 'files.outside',
      })
    }
    await open.client.settings.set({ trustedFolders: [elsewhere.folder] })
    expect((await open.client.files.open({ path: strange })).text).toBe(readFileSync(strange, 'utf8'))
    await open.client.settings.set({ trustedFolders: [] })
  })

  it('are saved unless somebody else has changed them', async () => {
    const path = workspace.pipeline('saved.pipeline.json', empty)
    const opened = await open.client.files.open({ path })
    const mine = workspace.pipelineText({ ...empty, id: 'mine' })
    const saved = await open.client.files.save({ path, text: mine, basedOn: opened.revision })
    expect(saved).toMatchObject({ outcome: 'saved' })
    expect(readFileSync(path, 'utf8')).toBe(mine)
    const theirs = workspace.pipelineText({ ...empty, id: 'theirs' })
    writeFileSync(path, theirs)
    const basedOn = saved.outcome === 'saved' ? saved.revision : ''
    expect(await open.client.files.save({ path, text: mine, basedOn })).toMatchObject({
      outcome: 'changed-on-disk',
      text: theirs,
    })
    expect(readFileSync(path, 'utf8')).toBe(theirs)
  })

  it('are pipelines, or not saved', async () => {
    const save = (name: string, text: string) =>
      open.client.files.save({ path: workspace.path(name), text, basedOn: null })
    await expect(save('x.pipeline.json', '{"format": 1}')).rejects.toMatchObject({ kind: 'user' })
    await expect(save('x.sh', workspace.pipelineText(empty))).rejects.toMatchObject({
      code: 'files.no-pipeline-name',
    })
    expect(existsSync(workspace.path('x.sh'))).toBe(false)
  })

  it('are told of when others change or remove them, and not when we do', async () => {
    const path = workspace.pipeline('watched.pipeline.json', empty)
    const { revision } = await open.client.files.open({ path })
    const stop = new AbortController()
    const changes = await open.client.files.watch({ files: [{ path, revision }] }, { signal: stop.signal })
    const next = changes.next()
    await sleep(200)
    const mine = workspace.pipelineText({ ...empty, id: 'mine' })
    await open.client.files.save({ path, text: mine, basedOn: revision })
    await sleep(1_000)
    const theirs = workspace.pipelineText({ ...empty, id: 'theirs' })
    writeFileSync(path, theirs)
    const real = open.host.paths.folder
    expect((await next).value).toMatchObject({ path: `${real}/watched.pipeline.json` })
    const gone = changes.next()
    rmSync(path)
    expect((await gone).value).toMatchObject({ revision: null })
    stop.abort()
    await changes.return?.()
  })

  it('are told of at once when they are others than the reader knows', async () => {
    const path = workspace.pipeline('known.pipeline.json', empty)
    const { revision } = await open.client.files.open({ path })
    writeFileSync(path, workspace.pipelineText({ ...empty, id: 'theirs' }))
    const theirs = await open.client.files.open({ path })
    const stop = new AbortController()
    const files = [
      { path: theirs.path, revision: theirs.revision },
      { path: workspace.path('never.pipeline.json'), revision: null },
      { path, revision },
    ]
    const changes = await open.client.files.watch({ files }, { signal: stop.signal })
    expect((await changes.next()).value).toEqual({ path: theirs.path, revision: theirs.revision })
    stop.abort()
    await changes.return?.()
  })

  it('are created empty under a free name, and are then the most recent', async () => {
    const first = await open.client.files.create({ folder: null, name: 'Sales 2026: März!' })
    const second = await open.client.files.create({ folder: null, name: 'Sales 2026: März!' })
    expect([first.path, second.path].map((path) => path.slice(open.host.paths.folder.length + 1))).toEqual([
      'sales-2026-märz.pipeline.json',
      'sales-2026-märz-2.pipeline.json',
    ])
    expect(parsePipeline(first.text)).toMatchObject({ name: 'Sales 2026: März!', nodes: {} })
    const { files } = await open.client.files.recent()
    expect(files.slice(0, 2)).toMatchObject([
      { path: second.path, name: 'Sales 2026: März!' },
      { path: first.path },
    ])
    await open.client.files.open({ path: first.path, isAgain: true })
    const drawn = workspace.path('drawn.pipeline.json')
    await open.client.files.save({ path: drawn, text: first.text, basedOn: null })
    const paths = (await open.client.files.recent()).files.map(({ path }) => path)
    expect(paths.slice(0, 3)).toEqual([
      `${open.host.paths.folder}/drawn.pipeline.json`,
      second.path,
      first.path,
    ])
    rmSync(drawn)
    rmSync(second.path)
    expect((await open.client.files.recent()).files[0]!.path).toBe(first.path)
  })

  it('keep what was not saved until it is, or is given up', async () => {
    const { path, text, revision } = await open.client.files.create({ folder: null, name: 'draft' })
    const draft = { path, text: 'not even a pipeline', basedOn: revision }
    await open.client.files.saveDraft(draft)
    await open.client.files.saveDraft({ ...draft, text: 'later' })
    expect((await open.client.files.drafts()).drafts).toMatchObject([{ ...draft, text: 'later' }])
    await open.client.files.save({ path, text, basedOn: revision })
    expect((await open.client.files.drafts()).drafts).toEqual([])
    await open.client.files.saveDraft(draft)
    await open.client.files.dropDraft({ path })
    expect((await open.client.files.drafts()).drafts).toEqual([])
  })

  it('keep what was not saved for the window that has it open', async () => {
    const { path, revision } = await open.client.files.create({ folder: null, name: 'held' })
    await open.client.files.saveDraft({ path, text: 'mine', basedOn: revision })
    const stop = new AbortController()
    const changes = await open.client.files.watch({ files: [{ path, revision }] }, { signal: stop.signal })
    const next = changes.next().catch(() => null)
    await expect.poll(async () => (await open.client.files.drafts()).drafts).toEqual([])
    stop.abort()
    await next
    await expect.poll(async () => (await open.client.files.drafts()).drafts).toMatchObject([{ path }])
    await open.client.files.dropDraft({ path })
  })

  it('of data show how they would be read', async () => {
    const path = workspace.write(
      'shops.csv',
      [
        'shop;day;sales',
        'Jena;2026-03-01;1,5',
        'Gera;2026-03-02;2,25',
        'Ulm;x',
        ...Array.from({ length: 8 }, (_, day) => `Jena;2026-04-0${day + 1};7`),
      ].join('\n'),
    )
    const preview = await open.client.files.preview({ path, params: {}, rows: 2 })
    expect(preview).toMatchObject({ format: 'csv', delimiter: ';', read: 11, rejected: 1 })
    expect(preview.columns).toEqual([
      { name: 'shop', type: 'text' },
      { name: 'day', type: 'date' },
      { name: 'sales', type: 'number' },
    ])
    expect(preview.rows).toEqual([
      ['Jena', '2026-03-01', 1.5],
      ['Gera', '2026-03-02', 2.25],
    ])
    expect(preview.rejects).toMatchObject([{ line: 4 }])
    const asText = await open.client.files.preview({ path, params: { types: { day: 'text' } }, rows: 1 })
    expect(asText.columns[1]).toEqual({ name: 'day', type: 'text' })
    await expect(
      open.client.files.preview({ path, params: { delimeter: ',' }, rows: 1 }),
    ).rejects.toMatchObject({ code: 'view.bad-parameter' })
  })

  it('of a template are copied with its data, each time into a folder of its own', async () => {
    const { templates } = await open.client.templates.list()
    expect(templates.map(({ id }) => id)).toContain('titanic')
    const titanic = templates.find(({ id }) => id === 'titanic')!
    expect(titanic).toMatchObject({ title: 'Titanic' })
    expect(titanic.shows[0]).toBe('Read file')
    const first = await open.client.templates.open({ id: 'titanic' })
    const second = await open.client.templates.open({ id: 'titanic' })
    expect(second.path).not.toBe(first.path)
    const { text } = await open.client.files.open({ path: first.path })
    expect(text).toBe(readFileSync('examples/titanic/titanic.pipeline.json', 'utf8'))
    expect(existsSync(workspace.path('titanic-2/titanic.csv'))).toBe(true)
    for (const id of ['../titanic', 'nothing', ''])
      await expect(open.client.templates.open({ id })).rejects.toMatchObject({ code: 'files.no-template' })
  })

  it('of data get a pipeline drawn that runs to a registered model', async () => {
    const path = workspace.path('titanic.csv')
    writeFileSync(path, readFileSync('examples/titanic/titanic.csv'))
    const { target, columns } = await open.client.starter.suggest({ path })
    expect(target).toBe('Survived')
    expect(Object.fromEntries(columns.map(({ name, role }) => [name, role]))).toMatchObject({
      PassengerId: 'id',
      Name: 'id',
      Cabin: 'ignore',
      Age: 'feature',
    })
    const drawn = await open.client.starter.draw({ path, target: 'Survived' })
    expect(drawn.text).toBe((await open.client.pipelines.format({ text: drawn.text })).text)
    const { findings } = await open.client.pipelines.check({ document: drawn, parameters: {} })
    expect(findings).toEqual([])
    const run = await runToEnd(open.client, drawn)
    const { summary } = (await open.client.runs.get({ run })).run
    expect(summary!.metrics['evaluate.roc_auc']).toBeGreaterThan(0.8)
    expect((await open.client.models.list()).models.map(({ name }) => name)).toContain('titanic')
    for (const wrong of ['Name', 'nothing'])
      await expect(open.client.starter.draw({ path, target: wrong })).rejects.toMatchObject({ kind: 'user' })
  })

  it('of data whose columns give the target away get a pipeline that ignores them, and says why', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => {
      const [adults, children, rain] = [index % 7, (index * 5) % 11, (index * 13) % 17]
      return [adults, children, rain, adults + children].join(',')
    })
    const path = workspace.write('visits.csv', ['adults,children,rain,visitors', ...rows].join('\n'))
    const { text } = await open.client.starter.draw({ path, target: 'visitors' })
    const { roles } = parsePipeline(text).nodes
    expect(roles).toMatchObject({
      params: { target: 'visitors', ignore: ['adults', 'children'] },
      note: 'Ignored, for a model must not know it: “adults” and “children” add up to “visitors”.',
    })
  })

  it('are split by time where their rows follow it, and by chance, with a word on it, where they do not', async () => {
    const days = Array.from({ length: 300 }, (_, day) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString())
    const csv = (rows: readonly number[]): string =>
      `day,weather,trips\n${rows.map((day) => `${days[day]!.slice(0, 10)},${day % 7},${(day * 31) % 97}`).join('\n')}\n`
    const inTurn = days.map((_, day) => day)
    const mixed = inTurn.map((day) => (day * 7) % days.length)
    const splits = []
    for (const rows of [inTurn, mixed]) {
      const path = workspace.write('trips.csv', csv(rows))
      const { text } = await open.client.starter.draw({ path, target: 'trips' })
      splits.push(parsePipeline(text).nodes['split'])
    }
    expect(splits).toMatchObject([
      {
        params: { method: 'order', by: 'day', test: 0.25, validation: 0.15 },
        note: 'The rows follow “day”, so the latest of them test.',
      },
      {
        params: { test: 0.25, validation: 0.15 },
        note: 'The rows do not follow “day”, so any of them test. Split by its order if the model is for later rows.',
      },
    ])
  })
})
