import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ExampleWorkspace, type ToldRun } from './example-workspace.ts'

describe('examples/shops', () => {
  let workspace: ExampleWorkspace
  let first: ToldRun

  beforeAll(async () => {
    workspace = new ExampleWorkspace('shops')
    first = await workspace.run()
  })
  afterAll(() => workspace[Symbol.dispose]())

  it('goes through the files of the shops, each step of each called by its own name', () => {
    expect(first).toMatchObject({
      code: 0,
      stderr: '',
      metrics: { 'shops.items': 3, 'shops.failed_items': 0 },
    })
    expect(new Set(Object.values(first.states))).toEqual(new Set(['done']))
    expect(Object.keys(first.states)).toEqual(
      expect.arrayContaining(['shops[shop-jena.csv]/read', 'shops', 'strong/pick', 'enough', 'tell']),
    )
  })

  it('stands in canonical form, and its columns are known from end to end', async () => {
    expect(await workspace.pipewright('format', '--check', workspace.file)).toMatchObject({ code: 0 })
    expect(await workspace.pipewright('check', workspace.file)).toMatchObject({
      code: 0,
      stdout: `${workspace.file} is fine.\n`,
    })
    const { stdout } = await workspace.pipewright('describe', workspace.file, '--json')
    const { nodes } = JSON.parse(stdout) as { nodes: { id: string; outputs: Record<string, unknown> }[] }
    expect(nodes.find(({ id }) => id === 'sold')!.outputs['table']).toMatchObject({
      known: true,
      columns: [{ name: 'product' }, { name: 'revenue' }, { name: 'days' }, { name: 'shop' }],
    })
    expect(nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['strong', 'strong/pick']))
  })

  it('runs a shop that is added alone, and is reproduced with all of them', async () => {
    writeFileSync(join(workspace.folder, 'shop-erfurt.csv'), 'day,product,units,price\n2026-01-01,tea,90,3\n')
    const { states } = await workspace.run()
    const items = Object.entries(states).filter(([node]) => node.startsWith('shops['))
    const done = items.filter(([, state]) => state === 'done').map(([node]) => node)
    expect(done.every((node) => node.startsWith('shops[shop-erfurt.csv]/'))).toBe(true)
    expect([done.length, items.length]).toEqual([4, 16])
    const { stdout } = await workspace.pipewright('reproduce', 'latest', '--json')
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({ identical: true })
  })
})
