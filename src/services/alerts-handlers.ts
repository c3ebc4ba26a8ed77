import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'

export function alertsHandlers(services: Services) {
  const { alerts: operations } = implementation
  const host = () => hostOf(services)
  const all = () => host().alerts
  const requireDeployment = (name: string | null): void => {
    if (name !== null) host().workspace.tracking.deployments.get(name)
  }
  const channels = () => ({ channels: all().channels() })
  return {
    list: operations.list.handler(({ input: { deployment } }) => {
      requireDeployment(deployment)
      return all().list(deployment)
    }),
    // Also of one that is gone: what was told outlives it.
    history: operations.history.handler(({ input }) => all().history(input)),
    silence: operations.silence.handler(({ input }) => ({ silence: all().silence(input) })),
    endSilence: operations.endSilence.handler(({ input: { number } }) => {
      all().endSilence(number)
      return {}
    }),
    channels: operations.channels.handler(channels),
    keepChannel: operations.keepChannel.handler(({ input: { channel, trust } }) => {
      all().keepChannel(channel, { trust })
      return channels()
    }),
    removeChannel: operations.removeChannel.handler(({ input: { name } }) => {
      all().removeChannel(name)
      return channels()
    }),
    test: operations.test.handler(({ input: { channel } }) => all().test(channel)),
    grafana: operations.grafana.handler(async ({ input: { deployment } }) => {
      requireDeployment(deployment)
      const { monitors, deployments } = host()
      const shown = deployments
        .list()
        .filter(({ name }) => deployment === null || name === deployment)
        .map(({ name, port }) => {
          const { isOn, rules } = monitors.spec(name).spec
          return { name, port, rules: isOn ? rules : [] }
        })
      const { grafanaFiles } = await import('../monitoring/grafana/grafana-files.ts')
      return { files: grafanaFiles(shown, deployment) }
    }),
  }
}
