import type { ContextOf } from '../../../src/node-kit/define-node.ts'
import { defineRun } from '../../../src/node-kit/define-run.ts'
import type { AliasOutcome } from '../../../src/node-kit/run-context.ts'
import { register } from './definition.ts'

/** What a model is called that is not good enough for the alias it was meant for. */
const candidate = 'candidate'

export const run = defineRun(register, async ({ model }, params, context) => {
  const { name, aliases, promotion, metric, description } = params
  const made = await context.models.register({
    model: name,
    artifact: model,
    aliases: [...new Set(aliases)],
    ...(description !== '' && { description }),
    ...(promotion === 'if-not-worse' && {
      unlessWorse: { metric: metric ?? null, otherwise: candidate },
    }),
  })
  const said = made.created
    ? 'Registered “{model}”, version {version}.'
    : 'This model is “{model}”, version {version}.'
  context.log('info', said, { model: made.model, version: made.version })
  for (const outcome of made.aliases) tellAlias(context, outcome, made.version)
  return { model }
})

function tellAlias(
  context: ContextOf<typeof register>,
  { alias, from, moved, compared }: AliasOutcome,
  version: number,
): void {
  if (from === null || from === version) return
  if (!compared) {
    context.log('info', '“{alias}” was moved from version {from}; there was no metric to compare by.', {
      alias,
      from,
    })
    return
  }
  const [own, other] = [compared.own, compared.other].map((value) => Number(value.toPrecision(4))) as [
    number,
    number,
  ]
  const values = { alias, from, version, metric: compared.metric, own, other }
  if (moved)
    context.log(
      'info',
      '“{alias}” was moved from version {from}: {metric} is {own}, and was {other}.',
      values,
    )
  else
    context.log(
      'warning',
      '“{alias}” stays with version {from}: {metric} of version {version} is {own}, which is worse than {other}. It is ' +
        'called “candidate” now.',
      values,
    )
}
