import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { nodeDefinitions } from '../../nodes/definitions.ts'
import { fieldsOf, type Field } from '../../renderer/inspector/form/field-model.ts'
import type { ParameterSchema } from '../../renderer/inspector/form/parameter-schema.ts'
import { formatPipeline } from '../../src/core/format-pipeline.ts'
import type { Pipeline } from '../../src/core/pipeline.ts'
import { CanvasDriver } from './canvas-driver.ts'
import { findChromium } from './find-chromium.ts'
import { FormDriver } from './panels-form-driver.ts'
import { Studio } from './studio.ts'

const executable = findChromium()
const types = nodeDefinitions.map((definition) => ({
  id: definition.id.replace('.', '-'),
  type: definition.id,
  version: definition.version,
  fields: fieldsOf(z.toJSONSchema(definition.params as z.ZodType, { io: 'input' }) as ParameterSchema),
}))

/** One node of each type, in rows of ten. */
const everything: Pipeline = {
  format: 1,
  id: 'everything',
  name: 'Everything',
  seed: 0,
  parameters: {},
  nodes: Object.fromEntries(types.map(({ id, type, version }) => [id, { type, version, params: {} }])),
  edges: [],
  layout: Object.fromEntries(
    types.map(({ id }, index) => [
      id,
      [(index % 10) * 300, Math.floor(index / 10) * 160] as [number, number],
    ]),
  ),
}

it.skipIf(executable === null)(
  'shows a form for every node type, and sets a parameter of each kind',
  { timeout: 240_000 },
  async () => {
    await using studio = await Studio.open({ executable: executable!, width: 1600, height: 1000 })
    const { page } = studio
    writeFileSync(studio.path('everything.pipeline.json'), formatPipeline(everything))
    await page.getByRole('button', { name: 'Open…' }).click()
    await page.getByRole('button', { name: /^everything/ }).click()
    const canvas = new CanvasDriver(page)
    const form = new FormDriver(page)
    await canvas.settle()
    await page.getByRole('button', { name: 'Show everything' }).click()
    await canvas.settle()
    const wasSet = new Set<string>()
    const set: { id: string; name: string }[] = []
    for (const { id, fields } of types) {
      if (fields.length === 0) continue
      await canvas.node(id).click()
      await page.getByRole('textbox', { name: 'Title of the node' }).waitFor()
      await page.getByRole('complementary', { name: 'Inspector' }).getByText(id, { exact: true }).waitFor()
      await form.showAll()
      expect(await form.paths()).toEqual(expect.arrayContaining(fields.map(({ name }) => name)))
      for (const field of fields.filter((each) => !wasSet.has(kindOf(each)))) {
        await form.set(field)
        wasSet.add(kindOf(field))
        set.push({ id, name: field.name })
      }
    }
    await page.getByRole('textbox', { name: 'Title of the node' }).focus()
    await canvas.press('Control+s')
    await page.getByRole('button', { name: 'Save' }).and(page.locator(':disabled')).waitFor()
    const { nodes } = JSON.parse(studio.read('everything.pipeline.json')) as Pipeline
    expect(set.filter(({ id, name }) => !Object.hasOwn(nodes[id]!.params, name))).toEqual([])
    expect(studio.complaints).toEqual([])
  },
)

/** What makes two fields be asked for in the same way. */
function kindOf({ field, isNullable, isRequired, fallback }: Field): string {
  const told = new Set(['options', 'limits', 'title', 'description', 'pattern', 'unit', 'maxLength'])
  const look = JSON.stringify(field, (key, value: unknown) => (told.has(key) ? undefined : value))
  return JSON.stringify([look, isNullable, isRequired, fallback === undefined])
}
