import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'

export function monitoringHandlers(services: Services) {
  const { monitoring: operations } = implementation
  const host = () => hostOf(services)
  const all = () => host().monitors
  return {
    overview: operations.overview.handler(() => ({ deployments: all().overview() })),
    show: operations.show.handler(async ({ input: { name } }) => {
      const { spec, isOwn } = all().spec(name)
      return {
        spec,
        isOwn,
        overview: all().describe(name),
        references: await all().references(name),
        windows: all().windows(name),
        segments: all().segments(name),
      }
    }),
    apply: operations.apply.handler(({ input: { name, spec } }) => {
      const applied = all().apply(name, spec)
      host().alerts.look(name)
      return applied
    }),
    settle: operations.settle.handler(({ input: { name } }) => all().settle(name)),
    series: operations.series.handler(({ input: { name, ...filter } }) => all().series(name, filter)),
    window: operations.window.handler(({ input }) => all().window(input)),
    column: operations.column.handler(({ input }) => all().column(input)),
    rows: operations.rows.handler(({ input }) => all().rows(input)),
    report: operations.report.handler(async ({ input }) => {
      const made = await all().report(input)
      const title = `${input.name}: ${input.version}, ${new Date(input.from).toISOString().slice(0, 16).replace('T', ' ')} UTC`
      return { ...made, page: await host().reportPage(title, made.report) }
    }),
    events: operations.events.handler(async function* ({ input: { name }, signal }) {
      for await (const { name: about, points } of all().follow(signal))
        if (name === null || about === name) yield { name: about, points: [...points] }
    }),
  }
}
