import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { WebhookTarget } from '../../core/alert-channel.ts'
import { messageKey, type AlertNotice } from './alert-notice.ts'
import { connectionProblem, later, refused, type SendOutcome } from './send-outcome.ts'
import { webhookBody } from './webhook-body.ts'

/** Of one attempt. */
const timeoutMs = 15_000
const longestPauseMs = 3_600_000

/**
 * Posts a notice once. Redirects are not followed: the address is the one that was trusted. `environment` names the proxy
 * (`http_proxy`, `https_proxy`, `no_proxy`), and `reveal` tells what a reference to a secret stands for.
 */
export async function postWebhook(
  notice: AlertNotice,
  target: WebhookTarget,
  { environment, reveal }: { environment: NodeJS.ProcessEnv; reveal: (text: string) => string },
): Promise<SendOutcome> {
  const address = reveal(target.url)
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    return refused(`“${target.url}” stands for no address that begins with https://`)
  const routingKey = target.routingKey === null ? null : reveal(target.routingKey)
  const { contentType, body } = webhookBody(target.format, notice, routingKey)
  const headers: Record<string, string> = {
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(body)),
    'idempotency-key': messageKey(notice),
    'user-agent': 'Pipewright',
  }
  for (const [name, value] of Object.entries(target.headers)) headers[name] = reveal(value).trim()
  try {
    return outcomeOf(await post(new URL(address), { headers, body, environment }))
  } catch (error) {
    return later(connectionProblem(error))
  }
}

function post(
  address: URL,
  options: { headers: Record<string, string>; body: string; environment: NodeJS.ProcessEnv },
): Promise<IncomingMessage> {
  const { headers, body, environment: proxyEnv } = options
  const [request, agent] =
    address.protocol === 'https:'
      ? [httpsRequest, new HttpsAgent({ proxyEnv })]
      : [httpRequest, new HttpAgent({ proxyEnv })]
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs)
    const sent = request(address, { method: 'POST', agent, headers, signal }, (answer) => {
      // What it says is nothing to us, but has to be taken for the connection to end.
      answer.resume()
      resolve(answer)
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

function outcomeOf({ statusCode: status = 0, headers }: IncomingMessage): SendOutcome {
  if (status >= 200 && status < 300) return { outcome: 'delivered' }
  const problem = `it answered with status ${status}`
  if (status < 500 && status !== 408 && status !== 425 && status !== 429) return refused(problem)
  return { outcome: 'later', problem, afterMs: pauseOf(headers['retry-after']) }
}

/** RFC 9110: seconds, or a date. */
function pauseOf(text: string | undefined): number | null {
  if (text === undefined) return null
  const pause = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now()
  return Number.isFinite(pause) ? Math.min(Math.max(pause, 0), longestPauseMs) : null
}
