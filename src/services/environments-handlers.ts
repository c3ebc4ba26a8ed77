import { userInfo } from 'node:os'
import { environments, type Decision, type Promotion } from '../contract/model-environments.ts'
import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'

/** Promotion of models to staging and production: the other half of `models`. */
export function environmentsHandlers(services: Services) {
  const { models } = implementation
  const tracking = () => hostOf(services).workspace.tracking
  const word = ({ who, note }: { who: string | null; note: string }) => ({
    who: who ?? userInfo().username,
    note,
    now: Date.now(),
  })
  const decide = (state: 'approved' | 'rejected', { who, note, ...about }: Decision): Promotion =>
    tracking().promotions.decide({ ...about, state, ...word({ who, note }) })
  return {
    environments: models.environments.handler(({ input: { model } }) => {
      const { models: registry, promotions } = tracking()
      const { aliases } = registry.show(model)
      const history = promotions.list(model)
      return {
        environments: environments.map((environment) => ({
          environment,
          version: aliases[environment] ?? null,
          waiting:
            history.find((each) => each.environment === environment && each.state === 'waiting') ?? null,
        })),
        history,
      }
    }),
    promote: models.promote.handler(({ input: { reference, environment, ...said } }) => {
      const { models: registry, promotions } = tracking()
      const { model, version } = registry.resolve(reference)
      return promotions.promote({ model, version, environment, ...word(said) })
    }),
    approve: models.approve.handler(({ input }) => ({ promotion: decide('approved', input) })),
    reject: models.reject.handler(({ input }) => ({ promotion: decide('rejected', input) })),
  }
}
