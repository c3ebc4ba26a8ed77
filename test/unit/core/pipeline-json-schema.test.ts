import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { pipelineJsonSchema } from '../../../src/core/pipeline-json-schema.ts'

const path = new URL('../../../docs/pipeline.schema.json', import.meta.url)

test('docs/pipeline.schema.json is the schema of today', async () => {
  const fresh = pipelineJsonSchema()
  const written = await readFile(path, 'utf8').catch(() => 'nothing')
  const renew = `import('./src/core/pipeline-json-schema.ts').then((m) => process.stdout.write(m.pipelineJsonSchema()))`
  expect(written, `The file is stale. Renew it: node -e "${renew}" > docs/pipeline.schema.json`).toBe(fresh)
})

test('the schema names every part of a pipeline and nothing else', () => {
  const schema = JSON.parse(pipelineJsonSchema()) as { properties: object; additionalProperties: boolean }
  expect(Object.keys(schema.properties)).toEqual([
    'format',
    'id',
    'name',
    'description',
    'seed',
    'parameters',
    'inputs',
    'outputs',
    'nodes',
    'edges',
    'links',
    'notes',
    'groups',
    'subpipelines',
    'pins',
    'checks',
    'automation',
    'layout',
  ])
  expect(schema.additionalProperties).toBe(false)
})
