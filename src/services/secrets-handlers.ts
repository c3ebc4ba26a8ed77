import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'

export function secretsHandlers(services: Services) {
  const { secrets } = implementation
  const answer = async () => {
    const { secrets: kept } = hostOf(services)
    return { keeping: kept.keeping, secrets: await kept.list() }
  }
  return {
    list: secrets.list.handler(answer),
    keep: secrets.keep.handler(async ({ input: { name, value } }) => {
      await hostOf(services).secrets.keep(name, value)
      return answer()
    }),
    forget: secrets.forget.handler(async ({ input: { name } }) => {
      await hostOf(services).secrets.forget(name)
      return answer()
    }),
  }
}
