import { randomBytes } from 'node:crypto'
import { parsePipeline } from '../core/parse-pipeline.ts'
import { scheduleError } from '../monitoring/automation/errors.ts'
import { allowedPath } from './allowed-paths.ts'
import { implementation } from './implementation.ts'
import { asUser } from './open-self-starting.ts'
import { hostOf, type Services } from './services.ts'
import { requireTrust } from './trust.ts'

export function automationHandlers(services: Services) {
  const { automation: operations } = implementation
  const host = () => hostOf(services)
  const all = () => host().selfStarting.automation
  const allowed = (path: string): Promise<string> => allowedPath(path, host())
  return {
    schedules: operations.schedules.handler(async ({ input: { path } }) => ({
      schedules: await all().schedules(path === null ? null : await allowed(path)),
      isWatched: all().isWatched,
    })),
    switch: operations.switch.handler(async ({ input: { name, isOn, trust, who, ...input } }) => {
      const path = await allowed(input.path)
      if (isOn) {
        const file = await host().files.open(path)
        await requireTrust({ source: { pipeline: parsePipeline(file.text), path }, trust, services })
      }
      return { schedule: await all().switch({ path, name, isOn, who: asUser(who) }) }
    }),
    runNow: operations.runNow.handler(async ({ input: { name, parameters, ...input } }) => ({
      occurrence: await all().ask({
        path: await allowed(input.path),
        name,
        key: `asked ${new Date().toISOString()} ${randomBytes(4).toString('hex')}`,
        parameters,
        who: asUser(null),
      }),
    })),
    history: operations.history.handler(async ({ input: { path, ...input } }) => ({
      occurrences: all().history({ ...input, path: path === null ? null : await allowed(path) }),
    })),
    hook: operations.hook.handler(async ({ input: { name, ...input } }) => {
      const path = await allowed(input.path)
      const schedule = (await all().schedules(path)).find((each) => each.name === name)
      const record = host().workspace.tracking.schedules.find(path, name)
      if (schedule?.trigger.kind !== 'webhook' || !record) throw scheduleError('no-webhook', { name })
      const { hooks } = host().selfStarting
      const token = hooks.tokenOf(record)
      return { url: hooks.addressOf(record), token }
    }),
    events: operations.events.handler(async function* ({ signal }) {
      for await (const occurrence of all().follow(signal)) yield { event: 'occurrence', occurrence }
    }),
  }
}
