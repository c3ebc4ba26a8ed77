import { allowedPath } from './allowed-paths.ts'
import { implementation } from './implementation.ts'
import { hostOf, type Services } from './services.ts'

export function labellingHandlers(services: Services) {
  const { labels: operations } = implementation
  const host = () => hostOf(services)
  const labelling = () => host().labelling
  return {
    queue: operations.queue.handler(({ input }) => labelling().queue(input)),
    import: operations.import.handler(async ({ input: { path, leftPath, ...request }, context, signal }) => {
      const work = labelling().import({
        ...request,
        path: await allowedPath(path, host()),
        leftPath: leftPath === null ? null : await allowedPath(leftPath, host()),
        signal,
      })
      host().work.track(work, context.caller.gone)
      return work
    }),
    functions: operations.functions.handler(({ input: { deployment } }) => labelling().functions(deployment)),
    keepFunctions: operations.keepFunctions.handler(async ({ input: { deployment, functions } }) => {
      await labelling().keepFunctions(deployment, functions)
      return {}
    }),
    vote: operations.vote.handler(({ input }) => labelling().vote(input)),
    takeVotes: operations.takeVotes.handler(({ input }) => labelling().takeVotes(input)),
  }
}
