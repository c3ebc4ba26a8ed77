import { ORPCError } from '@orpc/client'
import type { Router } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { contract } from '../../contract/contract.ts'
import { errorCode } from '../../contract/operation.ts'
import { reportOf } from '../../core/errors.ts'
import type { CallContext } from '../../services/caller.ts'
import { contractError } from './errors.ts'
import type { Port } from './port.ts'

/** A connection that is being served. */
export interface ServedConnection {
  /** Calls that are not answered and streams that have not ended. */
  readonly pending: number
  /** Epoch ms of the last change of `pending`. */
  readonly lastUsed: number
  readonly closed: Promise<void>
  close(): void
}

export interface ContractServer {
  serve(port: Port): ServedConnection
}

export function createContractServer(options: {
  router: Router<typeof contract, CallContext>
  /** Told of every error that is ours, before it crosses without its stack. */
  onDefect: (error: unknown, operation: string) => void
}): ContractServer {
  const { router, onDefect } = options
  return {
    serve(port) {
      const gone = new AbortController()
      const connection = { pending: 0, lastUsed: Date.now() }
      const count = (change: 1 | -1): void => {
        connection.pending += change
        connection.lastUsed = Date.now()
      }
      const handler = new RPCHandler<CallContext>(router, {
        clientInterceptors: [
          async (call) => {
            const { path, signal } = call
            const crossing = (error: unknown): unknown =>
              signal?.aborted ? error : asReport(error, (cause) => onDefect(cause, path.join('.')))
            count(1)
            try {
              const output = await call.next()
              if (!isStream(output)) return output
              return watchedStream(output, { crossing, ended: countStream(count, signal) })
            } catch (error) {
              throw crossing(error)
            } finally {
              count(-1)
            }
          },
        ],
      })
      const closed = new Promise<void>((resolve) => port.once('close', () => resolve()))
      port.once('close', () => gone.abort())
      handler.upgrade(port, { context: { caller: { gone: gone.signal } } })
      return {
        get pending() {
          return connection.pending
        },
        get lastUsed() {
          return connection.lastUsed
        },
        closed,
        close: () => port.close(),
      }
    },
  }
}

/** Counts a stream until it has ended, or its reader is gone before it was read at all. */
function countStream(count: (change: 1 | -1) => void, signal: AbortSignal | undefined): () => void {
  let open = true
  const ended = (): void => {
    if (open) count(-1)
    open = false
  }
  count(1)
  signal?.addEventListener('abort', ended, { once: true })
  return ended
}

function asReport(error: unknown, onDefect: (error: unknown) => void): ORPCError<string, unknown> {
  const known = error instanceof ORPCError ? contractError('broken-call', { detail: detailOf(error) }) : error
  const report = reportOf(known)
  if (report.kind === 'defect') onDefect(error)
  return new ORPCError(errorCode, { defined: true, status: 500, message: report.message, data: report })
}

function detailOf({ cause, message }: ORPCError<string, unknown>): string {
  const issues =
    cause instanceof Error && 'issues' in cause && Array.isArray(cause.issues) ? cause.issues : []
  const texts = issues.map((issue: { message?: unknown; path?: readonly PropertyKey[] }) =>
    [issue.path?.map(String).join('.'), String(issue.message)].filter(Boolean).join(': '),
  )
  return texts.length > 0 ? texts.join('; ') : message
}

async function* watchedStream(
  stream: AsyncIterable<unknown>,
  { crossing, ended }: { crossing: (error: unknown) => unknown; ended: () => void },
): AsyncGenerator {
  try {
    yield* stream
  } catch (error) {
    throw crossing(error)
  } finally {
    ended()
  }
}

function isStream(output: unknown): output is AsyncIterable<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}
