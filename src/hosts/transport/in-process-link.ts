import { RPCLink } from '@orpc/client/message-port'
import type { Link } from '../../contract/create-client.ts'
import type { ContractServer } from './contract-server.ts'
import { createPortPair } from './port.ts'

/** Speaks to a server in this process exactly as over a wire: as JSON text, so that nothing can cheat. */
export function inProcessLink(server: ContractServer): Link & { close(): void } {
  const [ours, theirs] = createPortPair()
  server.serve(theirs)
  return { link: new RPCLink({ port: ours }), close: () => ours.close() }
}
