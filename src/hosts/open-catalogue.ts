import { createClient, type Client } from '../contract/create-client.ts'
import { createRouter } from '../services/create-router.ts'
import type { Composition } from './composition.ts'
import type { Log } from './log.ts'
import { createContractServer } from './transport/contract-server.ts'
import { inProcessLink } from './transport/in-process-link.ts'

/** The operations that need no workspace: the node types, and the form of documents. */
export async function openCatalogue(options: { composition: Composition; log: Log }): Promise<Client> {
  const router = createRouter({ definitions: await options.composition.definitions(), host: null })
  const server = createContractServer({
    router,
    onDefect: (error, operation) => options.log.error(error, operation),
  })
  return createClient(inProcessLink(server))
}
