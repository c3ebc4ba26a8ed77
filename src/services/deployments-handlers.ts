import type { DeploymentInputs } from '../contract/deployment-info.ts'
import { checkDeployment } from '../core/check-deployment.ts'
import type { DeploymentSpec } from '../core/deployment.ts'
import { PipewrightError } from '../core/errors.ts'
import { deploymentError } from '../serving/deployments/errors.ts'
import { statisticsSince } from '../serving/deployments/merge-statistics.ts'
import { snippetsFor } from '../serving/deployments/snippets.ts'
import { trafficResults } from '../serving/deployments/traffic-results.ts'
import { tryRow } from '../serving/deployments/try-row.ts'
import { meantModel } from '../storage/meant-model.ts'
import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'

export function deploymentsHandlers(services: Services) {
  const { deployments: operations } = implementation
  const host = () => hostOf(services)
  const all = () => host().deployments

  const inputsOf = async (name: string): Promise<DeploymentInputs | null> => {
    const { exampleRow, workspace } = host()
    const live = all()
      .describe(name)
      .versions.find(({ role, weight, artifact }) => role === 'live' && weight > 0 && artifact !== null)
    if (!live?.artifact) return null
    try {
      const { signature, target } = (await workspace.artifacts.read('model', live.artifact)).data
      return {
        inputs: signature.inputs,
        example: await exampleRow({ artifact: live.artifact, inputs: signature.inputs }),
        target: {
          name: target.name,
          classes: target.classes ?? null,
          positive: target.positive ?? null,
        },
      }
    } catch (error) {
      if (error instanceof PipewrightError && error.code.startsWith('artifact.')) return null
      throw error
    }
  }

  const check = (spec: DeploymentSpec): Promise<void> =>
    checkDeployment(spec, (reference) => meantModel(host().workspace, reference))

  return {
    list: operations.list.handler(() => ({ deployments: all().list() })),
    show: operations.show.handler(async ({ input: { name } }) => {
      const { workspace } = host()
      const deployment = all().describe(name)
      return {
        deployment,
        inputs: await inputsOf(name),
        history: workspace.tracking.deployments.history(name),
        points: [...all().points(name)],
        totals: all().supervisor(name).book?.totals() ?? null,
      }
    }),
    apply: operations.apply.handler(async ({ input: { spec, basedOn } }) => {
      await check(spec)
      return all().apply({ spec, basedOn })
    }),
    switchOn: operations.switchOn.handler(({ input: { name, exposure } }) => {
      const { isStarted } = all().switchOn({ name, exposure })
      return { deployment: all().describe(name), isStarted }
    }),
    serve: operations.serve.handler(async ({ input: { spec, exposure }, context }) => {
      await check(spec)
      const end = all().tie({ spec, exposure })
      host().alerts.resume()
      host().monitors.resume()
      const { gone } = context.caller
      const untie = (): void => void end()
      if (gone.aborted) untie()
      else gone.addEventListener('abort', untie, { once: true })
      return { deployment: all().describe(spec.name) }
    }),
    resume: operations.resume.handler(() => {
      all().resume()
      host().monitors.resume()
      host().alerts.resume()
      host().selfStarting.resume()
      return {}
    }),
    switchOff: operations.switchOff.handler(async ({ input: { name } }) => {
      await all().switchOff(name)
      return { deployment: all().describe(name) }
    }),
    remove: operations.remove.handler(async ({ input: { name } }) => {
      host().workspace.tracking.deployments.get(name)
      await host().predictionLogs.forget(name)
      await all().remove(name)
      host().alerts.forget(name)
      return {}
    }),
    events: operations.events.handler(async function* ({ input: { name }, signal }) {
      const events = all().follow(signal)
      for (const deployment of name === null ? all().list() : [all().describe(name)])
        yield { event: 'state', deployment }
      for await (const event of events) {
        const about = event.event === 'state' ? event.deployment.name : event.name
        if (name === null || about === name) yield event
      }
    }),
    log: operations.log.handler(({ input }) => host().predictionLogs.page(input)),
    tail: operations.tail.handler(async function* ({ input, signal }) {
      yield* host().predictionLogs.tail(input, signal)
    }),
    feedback: operations.feedback.handler(({ input: { name, entries } }) =>
      host().predictionLogs.append(name, entries),
    ),
    traffic: operations.traffic.handler(async ({ input: { name } }) => {
      const { book, traffic, now } = all().supervisor(name)
      if (!book || !traffic || !now.served)
        return { since: null, versions: [], comparisons: [], shadows: [], canary: null }
      return trafficResults({
        since: traffic.since,
        counted: statisticsSince(traffic.before, book.merged()),
        configuration: now.served.configuration,
        quality: await host().predictionLogs.quality({ name, since: traffic.since }),
        canary: all().canary(name),
      })
    }),
    verification: operations.verification.handler(async ({ input: { name } }) => {
      const { artifacts } = host().workspace
      const reports = all()
        .describe(name)
        .versions.flatMap(({ model, version, verification: { report } }) =>
          model !== null && version !== null && report !== null ? [{ model, version, artifact: report }] : [],
        )
        .map(async (found) =>
          Object.assign(found, { report: (await artifacts.read('report', found.artifact)).data }),
        )
      return { reports: await Promise.all(reports) }
    }),
    verify: operations.verify.handler(async ({ input: { name } }) => {
      await all().verify(name)
      return { deployment: all().describe(name) }
    }),
    tryIt: operations.tryIt.handler(({ input: { name, row } }) => {
      const { now, token } = all().supervisor(name)
      if (now.address === null) throw deploymentError('off', { name })
      return tryRow({ name, address: now.address, token }, row)
    }),
    snippets: operations.snippets.handler(async ({ input: { name, row } }) => {
      const { address, port, needsToken } = all().describe(name)
      const shown = row ?? (await inputsOf(name))?.example ?? {}
      return snippetsFor({
        address: address ?? `http://127.0.0.1:${port ?? 'PORT'}`,
        row: shown,
        needsToken,
      })
    }),
  }
}
