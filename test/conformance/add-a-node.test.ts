import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Artifact } from '../../src/core/artifacts.ts'
import type { AnyNodeDefinition, Runner } from '../../src/node-kit/define-node.ts'
import { createTestContext, type TestContext } from '../fixtures/test-context.ts'
import { exampleTable } from './example-table.ts'

// As deep as a node’s folder, so that its imports hold here too.
const place = join(import.meta.dirname, '.node-')
const page = resolve(import.meta.dirname, '../../docs/add-a-node.md')

let folder: string
let context: TestContext
beforeAll(async () => {
  context = await createTestContext()
  folder = await mkdtemp(place)
  const [definition, run] = (await readFile(page, 'utf8')).matchAll(/```ts\n(.*?)```/gs)
  await writeFile(join(folder, 'definition.ts'), definition![1]!)
  await writeFile(join(folder, 'run.ts'), run![1]!)
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await context.dispose()
})

describe('the worked example of how to add a node', () => {
  it('runs as it stands on the page', async () => {
    const { head } = (await import(join(folder, 'definition.ts'))) as { head: AnyNodeDefinition }
    const runner = (await import(join(folder, 'run.ts'))) as Runner
    const table = await exampleTable(context, { csv: 'shop,sales\nJena,12\nGera,9\nWeimar,4\n' })
    const params: unknown = (head.params as { parse(params: unknown): unknown }).parse({ rows: 2 })
    const outputs = await runner.run({ table }, params, context)
    expect((outputs['table'] as Artifact<'table'>).data.rows.count).toBe(2)
  })
})
