import { availableParallelism, totalmem } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import { defaultBudget } from '../engine/budget.ts'
import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'

const heldFromStart = ['cores', 'memoryMb', 'proxy', 'proxyExceptions'] as const

export function settingsHandlers(services: Services) {
  const { settings } = implementation
  const answer = () => {
    const { settings: store, startedWith, workspace } = hostOf(services)
    const now = store.read()
    const { cores, memoryMb } = defaultBudget()
    return {
      settings: now,
      machine: {
        cores: availableParallelism(),
        memoryMb: Math.floor(totalmem() / 2 ** 20),
        defaultCores: cores,
        defaultMemoryMb: memoryMb,
      },
      places: { settings: store.file, results: workspace.paths.root },
      restartNeeded: heldFromStart.some((name) => !isDeepStrictEqual(now[name], startedWith[name])),
    }
  }
  return {
    get: settings.get.handler(answer),
    set: settings.set.handler(async ({ input }) => {
      const given = Object.entries(input).filter(([, value]) => value !== undefined)
      await hostOf(services).settings.change(Object.fromEntries(given))
      return answer()
    }),
  }
}
