import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cell } from '../../src/contract/cell.ts'
import type { PageRequest, TablePage } from '../../src/contract/tables-contract.ts'
import { customers, customersCsv, openApp, type OpenApp } from './app-workspace.ts'

describe.each(['in-process', 'WebSocket of a guest'] as const)('tables over the %s', (transport) => {
  let app: OpenApp

  beforeAll(async () => {
    app = await openApp(transport)
  })
  afterAll(() => app[Symbol.asyncDispose]())

  const page = (output: string, request: Partial<PageRequest> = {}): Promise<TablePage> =>
    app.client.tables.page({
      artifact: app.artifact(output),
      offset: 0,
      limit: 1000,
      sort: null,
      filter: null,
      ...request,
    })
  const column = ({ columns, rows }: TablePage, name: string): Cell[] => {
    const index = columns.findIndex((each) => each.name === name)
    return rows.map((row) => row[index]!)
  }

  it('are shown with every value of the file in its type', async () => {
    const shown = await page('read.table')
    expect(shown).toMatchObject({ total: 400, matching: 400, parts: null })
    expect(shown.columns.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'text'],
      ['joined', 'date'],
      ['age', 'integer'],
      ['visits', 'integer'],
      ['town', 'text'],
      ['member', 'boolean'],
      ['spend', 'number'],
      ['left', 'text'],
    ])
    expect(shown.rows).toEqual(customers.map((customer) => Object.values(customer)))
    expect(shown.indexes).toEqual(customers.map((_, index) => index))
  })

  it('come in pages that are one table together, to the end and not beyond', async () => {
    const whole = await page('scale.table')
    const pages: TablePage[] = []
    for (let offset = 0; offset < 450; offset += 90)
      pages.push(await page('scale.table', { offset, limit: 90 }))
    expect(pages.flatMap(({ rows }) => rows)).toEqual(whole.rows)
    expect(pages.map(({ rows }) => rows.length)).toEqual([90, 90, 90, 90, 40])
    expect((await page('scale.table', { offset: 5_000, limit: 90 })).rows).toEqual([])
  })

  it('show what a recipe computes, and the part of each row', async () => {
    const [shown, split] = [await page('encode.table'), await page('split.table')]
    const parts = shown.parts!
    const known = customers.flatMap(({ age }, index) =>
      age !== null && parts[index] === 'train' ? [age] : [],
    )
    const sorted = known.toSorted((a, b) => a - b)
    const middle =
      (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
    expect(column(shown, 'age')).toEqual(customers.map(({ age }) => age ?? middle))
    const towns = shown.columns.find(({ name }) => name === 'town')!
    expect(towns.type).toBe('vector')
    expect(column(shown, 'town')[0]).toEqual(towns.elements!.map((name) => (name === 'town=Jena' ? 1 : 0)))
    expect(split.parts).toEqual(parts)
    expect(new Set(parts)).toEqual(new Set(['train', 'validation', 'test']))
  })

  it.each([false, true])(
    'are sorted over all rows, descending: %s, what has no value last',
    async (descending) => {
      const shown = await page('read.table', { sort: { column: 'age', descending }, limit: 400 })
      const sign = descending ? -1 : 1
      const expected = customers
        .map(({ age }, index) => ({ age, index }))
        .toSorted((a, b) =>
          a.age === null || b.age === null
            ? Number(a.age === null) - Number(b.age === null) || a.index - b.index
            : sign * (a.age - b.age) || a.index - b.index,
        )
      expect(shown.indexes).toEqual(expected.map(({ index }) => index))
      expect(column(shown, 'age')).toEqual(expected.map(({ age }) => age))
    },
  )

  it('are filtered by an expression, also of columns that a recipe computes', async () => {
    const some = await page('read.table', { filter: 'age > 40 and town = "Jena"'.replaceAll('"', "'") })
    const expected = customers.filter(({ age, town }) => age !== null && age > 40 && town === 'Jena')
    expect(column(some, 'id')).toEqual(expected.map(({ id }) => id))
    expect(some).toMatchObject({ total: 400, matching: expected.length })
    const scaled = await page('scale.table')
    const above = await page('scale.table', {
      filter: 'spend > 0',
      sort: { column: 'spend', descending: true },
    })
    const values = column(scaled, 'spend') as number[]
    expect(column(above, 'spend')).toEqual(values.filter((value) => value > 0).toSorted((a, b) => b - a))
  })

  it('say what is wrong with a filter or a sort', async () => {
    await expect(page('read.table', { filter: 'aeg > 40' })).rejects.toMatchObject({
      code: 'expression.unknown-column',
      values: { position: 1 },
    })
    await expect(page('read.table', { filter: 'age + 1' })).rejects.toMatchObject({
      code: 'view.no-condition',
    })
    const vector = { column: 'town', descending: false }
    await expect(page('encode.table', { sort: vector })).rejects.toMatchObject({ code: 'view.vector-column' })
    await expect(
      app.client.tables.page({ artifact: 'f'.repeat(64), offset: 0, limit: 1, sort: null, filter: null }),
    ).rejects.toMatchObject({ code: 'artifact.missing' })
  })

  it('have a sketch of their visible columns', async () => {
    const sketch = await app.client.tables.sketch({ artifact: app.artifact('read.table') })
    expect(sketch.rows).toBe(400)
    const visits = sketch.columns.find(({ name }) => name === 'visits')
    expect(visits).toMatchObject({ nulls: 0, distinct: { count: 29 }, numbers: { min: 0, max: 28 } })
    const missing = customers.filter(({ age }) => age === null).length
    expect(sketch.columns.find(({ name }) => name === 'age')).toMatchObject({ nulls: missing })
    expect(await app.client.tables.sketch({ artifact: app.artifact('read.table') })).toEqual(sketch)
  })

  it('give points for a chart, spread evenly and the same each time', async () => {
    const ask = () =>
      app.client.tables.points({
        artifact: app.artifact('read.table'),
        columns: ['visits', 'spend'],
        limit: 40,
        filter: 'visits >= 10',
      })
    const points = await ask()
    const matching = customers.flatMap(({ visits }, index) => (visits >= 10 ? [index] : []))
    const chosen = Array.from({ length: 40 }, (_, nth) => matching[Math.floor((nth * matching.length) / 40)]!)
    expect(points.indexes).toEqual(chosen)
    expect(points.values).toEqual([
      chosen.map((index) => customers[index]!.visits),
      chosen.map((index) => customers[index]!.spend),
    ])
    expect(await ask()).toEqual(points)
  })

  it('are written to files of the workspace, and to no others', async () => {
    const path = app.workspace.path('out/customers.csv')
    const artifact = app.artifact('read.table')
    const answer = await app.client.tables.export({ artifact, format: 'csv', path, filter: null })
    expect(answer.rows).toBe(400)
    // A number that is whole is written as a number all the same.
    const expected = customersCsv().replaceAll(/,(\d+),(yes|no)$/gm, ',$1.0,$2')
    expect(readFileSync(path, 'utf8')).toBe(expected)
    const elsewhere = { artifact, format: 'csv' as const, path: '/tmp/elsewhere.csv', filter: null }
    await expect(app.client.tables.export(elsewhere)).rejects.toMatchObject({ code: 'files.outside' })
  })

  it('show what an expression gives, while it is written', async () => {
    const artifact = app.artifact('impute.table')
    const preview = await app.client.expressions.preview({ artifact, text: 'spend / (visits + 1)', rows: 5 })
    expect(preview).toMatchObject({ outcome: 'computed', type: 'number' })
    const values = customers.slice(0, 5).map(({ spend, visits }) => spend / (visits + 1))
    expect(preview.outcome === 'computed' && preview.rows.map(({ value }) => value)).toEqual(values)
    expect(await app.client.expressions.preview({ artifact, text: 'spend /', rows: 5 })).toMatchObject({
      outcome: 'problem',
      problem: { code: 'expression.expected' },
    })
    const columns = [{ name: 'spend', type: 'number' as const }]
    expect(await app.client.expressions.check({ text: 'spend > 3', columns })).toEqual({
      outcome: 'typed',
      type: 'boolean',
    })
  })

  it('goes on after a question that nobody waits for any more', async () => {
    const stop = new AbortController()
    const asked = app.client.tables.page(
      {
        artifact: app.artifact('scale.table'),
        offset: 0,
        limit: 100,
        sort: { column: 'spend', descending: false },
        filter: 'age > 0.1',
      },
      { signal: stop.signal },
    )
    stop.abort(new Error('enough'))
    await expect(asked).rejects.toThrow('enough')
    expect((await page('scale.table', { limit: 3 })).rows).toHaveLength(3)
  })
})
