import { userInfo } from 'node:os'
import { environments } from '../contract/model-environments.ts'
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
      return { promotion: promotions.promote({ model, version, environment, ...word(said) }) }
    }),
    approve: models.approve.handler(({ input: { model, environment, ...said } }) => ({
      promotion: tracking().promotions.decide({ model, environment, state: 'approved', ...word(said) }),
    })),
    reject: models.reject.handler(({ input: { model, environment, ...said } }) => ({
      promotion: tracking().promotions.decide({ model, environment, state: 'rejected', ...word(said) }),
    })),
  }
}
