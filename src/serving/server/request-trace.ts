import { randomBytes } from 'node:crypto'
import type { RequestTrace } from '../handler.ts'

const usableId = /^[\x21-\x7e]{1,128}$/
/** Version 00 of W3C Trace Context: version, trace, parent, flags. Zeros are no ids. */
const usableParent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/

const traceBytes = 16
const spanBytes = 8

/** Headers of a request, in small letters. */
export type TraceHeaders = Readonly<Record<string, string | string[] | undefined>>

/** Ids of requests: those that callers give, else new ones. */
export function createTraces(): (headers: TraceHeaders) => RequestTrace {
  const random = randomHex()
  return (headers) => {
    const given = headers['x-request-id']
    const requestId = typeof given === 'string' && usableId.test(given) ? given : random(traceBytes)
    const parent = headers['traceparent']
    const match = typeof parent === 'string' ? usableParent.exec(parent) : null
    const trace = match ? match[1]! : random(traceBytes)
    return { requestId, traceparent: `00-${trace}-${random(spanBytes)}-${match ? match[2]! : '01'}` }
  }
}

/** Random digits, fetched many at a time. */
function randomHex(): (bytes: number) => string {
  let pool = Buffer.alloc(0)
  let at = 0
  return (bytes) => {
    if (at + bytes > pool.length) {
      pool = randomBytes(8_192)
      at = 0
    }
    at += bytes
    return pool.toString('hex', at - bytes, at)
  }
}
