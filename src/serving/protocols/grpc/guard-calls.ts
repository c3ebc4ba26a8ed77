import { ServerInterceptingCall, status, type Metadata, type ServerInterceptor } from '@grpc/grpc-js'
import { serverError } from '../../server/errors.ts'
import { mostAtOnce } from '../request-limits.ts'
import { textOf } from './metadata-text.ts'

/** What a call ends with. */
export interface CallEnd {
  code: status
  details: string
}

/** Of the time until the message of a call is there. */
const messageMs = 30_000

/**
 * Decides by the head of a call, before anything of its message is taken in: who has no token is refused, and so is
 * everybody while too many calls are under way. Methods of `open` are answered at once, whoever asks and whatever is sent.
 */
export function guardCalls({
  isAllowed,
  open,
  refusal,
}: {
  isAllowed: (authorization: string | undefined) => boolean
  /** Answers by method. */
  open: Readonly<Record<string, () => unknown>>
  /** Also tells of it. */
  refusal: (error: unknown, of: { metadata: Metadata; route: string }) => CallEnd
}): ServerInterceptor {
  let underWay = 0
  return ({ path }, call) => {
    const route = path.slice(path.lastIndexOf('/') + 1)
    const answer = Object.hasOwn(open, route) ? open[route] : undefined
    let end = (): void => {}
    let arrive = (): void => {}
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata(metadata, pass) {
            if (answer) return call.sendMessage(answer(), () => call.sendStatus(answered))
            const refuse = (error: unknown): void => call.sendStatus(refusal(error, { metadata, route }))
            if (!isAllowed(textOf(metadata, 'authorization'))) return refuse(serverError('no-token'))
            if (underWay >= mostAtOnce) return refuse(serverError('busy'))
            underWay += 1
            const problem = `it was not there within ${messageMs / 1_000} seconds`
            const late = setTimeout(() => refuse(serverError('bad-request', { problem })), messageMs)
            arrive = () => clearTimeout(late)
            end = () => {
              arrive()
              underWay -= 1
            }
            pass(metadata)
          },
          onReceiveMessage(message, pass) {
            arrive()
            pass(message)
          },
          // Of every call that has begun, once it is over, however it ended.
          onCancel: () => end(),
        }),
    })
  }
}

const answered: CallEnd = { code: status.OK, details: '' }
