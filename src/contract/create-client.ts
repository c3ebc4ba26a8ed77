import {
  createORPCClient,
  mapEventIterator,
  ORPCError,
  type ClientContext,
  type ClientLink,
} from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { PipewrightError, type ErrorReport } from '../core/errors.ts'
import type { contract } from './contract.ts'
import { errorCode } from './operation.ts'

/** Carries calls of the contract to a host; which one it is, and by what way, no caller knows. */
export interface Link {
  link: ClientLink<ClientContext>
  /** What an error of the transport means; errors that a host reported do not come here. */
  explain?: (error: unknown) => unknown
}

/** The operations of the app. Every rejection that a host caused is a `PipewrightError` again. */
export type Client = ContractRouterClient<typeof contract>

export function createClient({ link, explain = (error) => error }: Link): Client {
  return createORPCClient<Client>({
    async call(path, input, options) {
      const revive = (error: unknown): unknown => {
        if (error instanceof ORPCError && error.code === errorCode)
          return new PipewrightError(error.data as ErrorReport, { cause: error })
        return options.signal?.aborted ? options.signal.reason : explain(error)
      }
      try {
        const output = await link.call(path, input, options)
        return isEventStream(output)
          ? mapEventIterator(output, { value: async (value) => value, error: async (error) => revive(error) })
          : output
      } catch (error) {
        throw revive(error)
      }
    },
  })
}

function isEventStream(output: unknown): output is AsyncIterator<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}
