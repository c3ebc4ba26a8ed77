import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { topOutput } from '../../../src/core/answer-names.ts'
import { withTopClasses } from '../../../src/learn/with-top-classes.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import { writeModel } from '../write-model.ts'
import { rank } from './definition.ts'

export const run = defineRun(rank, async ({ model }, { count }, context) => {
  const { data } = model
  const known = data.target.classes?.length ?? 0
  if (data.signature.outputs.some(({ name }) => name === topOutput)) context.fail('has-ranking')
  if (count > known) context.fail('too-few-classes', { known, count }, { param: 'count' })
  const folder = context.artifacts.folder(model.hash)
  const bytes = await readFile(join(folder, 'model.onnx'))
  const sketch: unknown = JSON.parse(await readFile(join(folder, 'sketch.json'), 'utf8'))
  return { model: await writeModel(context, { ...withTopClasses({ bytes, data }, count), sketch }) }
})
