import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { nodeDefinitions } from '../../../nodes/definitions.ts'
import { formatPipeline } from '../../../src/core/format-pipeline.ts'
import { parsePipeline } from '../../../src/core/parse-pipeline.ts'
import { pipelineSchema } from '../../../src/core/pipeline.ts'
import { checkPipeline } from '../../../src/checks/check-pipeline.ts'

const page = readFileSync(new URL('../../../docs/pipeline-file.md', import.meta.url), 'utf8')
const example = /```json\n(\{\n {2}"format"[\s\S]+?)```/.exec(page)![1]!

test('the worked example of the page is a canonical pipeline without a fault', () => {
  const pipeline = parsePipeline(example)
  expect(formatPipeline(pipeline)).toBe(example)
  const definitions = new Map(nodeDefinitions.map((definition) => [definition.id as string, definition]))
  expect(checkPipeline({ pipeline, definitions, probed: new Map() }).findings).toEqual([])
})

test('the page explains every field', () => {
  const explained = Object.keys(pipelineSchema.shape).filter((field) => !page.includes(`\`${field}\``))
  expect(explained).toEqual([])
})
