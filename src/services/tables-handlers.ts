import { allowedPath } from './allowed-paths.ts'
import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'

export function tablesHandlers(services: Services) {
  const { tables } = implementation
  const viewer = () => hostOf(services).viewer
  return {
    page: tables.page.handler(({ input, signal }) => viewer().call('table.page', input, signal)),
    sketch: tables.sketch.handler(({ input, signal }) => viewer().call('table.sketch', input, signal)),
    points: tables.points.handler(({ input, signal }) => viewer().call('table.points', input, signal)),
    export: tables.export.handler(async ({ input, signal }) => {
      const path = input.path && (await allowedPath(input.path, hostOf(services)))
      return viewer().call('table.export', { ...input, path }, signal)
    }),
  }
}
