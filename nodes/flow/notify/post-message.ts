import { setTimeout as delay } from 'node:timers/promises'
import type { CancelSignal } from '../../../src/node-kit/run-context.ts'

export interface Message {
  url: string
  body: string
  /** The same for each attempt. */
  key: string
  timeoutSeconds: number
  attempts: number
  backOffSeconds: number
  signal: CancelSignal
}

/** After the first attempt, none begins later than this. */
const mostMs = 10 * 60_000
/** How often is looked whether the run was cancelled: that is said by another thread. */
const lookMs = 100

/** Posts a message until it is taken; null, or why the last attempt was not the one. A cancel ends it at once. */
export async function postMessage(message: Message): Promise<string | null> {
  const { attempts, backOffSeconds, signal } = message
  const end = Date.now() + mostMs
  const cancelled = new AbortController()
  const looking = setInterval(() => signal.aborted && cancelled.abort(), lookMs)
  try {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted()
      const { problem, isFinal } = await post(message, cancelled.signal)
      if (problem === null) return null
      signal.throwIfAborted()
      const pauseMs = backOffSeconds * 1000 * 2 ** (attempt - 1)
      if (isFinal || attempt === attempts || Date.now() + pauseMs > end) return problem
      await delay(pauseMs, undefined, { signal: cancelled.signal }).catch(() => {})
    }
  } finally {
    clearInterval(looking)
  }
}

async function post(
  { url, body, key, timeoutSeconds }: Message,
  cancelled: AbortSignal,
): Promise<{ problem: string | null; isFinal: boolean }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([cancelled, AbortSignal.timeout(timeoutSeconds * 1000)]),
    })
    await response.body?.cancel()
    const { status } = response
    if (status >= 200 && status < 300) return { problem: null, isFinal: true }
    return {
      problem: `it answered with status ${status}`,
      isFinal: status < 500 && status !== 408 && status !== 429,
    }
  } catch (thrown) {
    return { problem: wordsOf(thrown, timeoutSeconds), isFinal: false }
  }
}

function wordsOf(thrown: unknown, timeoutSeconds: number): string {
  if (thrown instanceof Error && thrown.name === 'TimeoutError')
    return `it did not answer within ${timeoutSeconds} s`
  const cause = thrown instanceof Error ? thrown.cause : undefined
  const { code } = (cause ?? thrown) as NodeJS.ErrnoException
  switch (code ?? '') {
    case 'ECONNREFUSED':
      return 'nothing answers there'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'there is no such server'
    default:
      return `the connection failed${code === undefined ? '' : ` (${code})`}`
  }
}
