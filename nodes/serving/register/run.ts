import { defineRun } from '../../../src/node-kit/define-run.ts'
import { register } from './definition.ts'

export const run = defineRun(register, async ({ model }, { name, aliases, description }, context) => {
  const made = await context.models.register({
    model: name,
    artifact: model,
    aliases: [...new Set(aliases)],
    ...(description !== '' && { description }),
  })
  const said = made.created
    ? 'Registered “{model}”, version {version}.'
    : 'This model is “{model}”, version {version}.'
  context.log('info', said, { model: made.model, version: made.version })
  return { model }
})
