import { checkExpression } from '../core/expression/check-expression.ts'
import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'

export function expressionsHandlers(services: Services) {
  const { expressions } = implementation
  return {
    check: expressions.check.handler(({ input: { text, columns } }) => {
      const checked = checkExpression(text, columns)
      return 'problem' in checked
        ? { outcome: 'problem', problem: checked.problem }
        : { outcome: 'typed', type: checked.expression.type }
    }),
    preview: expressions.preview.handler(({ input, signal }) =>
      hostOf(services).viewer.call('expression.preview', input, signal),
    ),
  }
}
