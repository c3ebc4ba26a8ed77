import { createHash } from 'node:crypto'
import { createTransport } from 'nodemailer'
import type { EmailTarget } from '../../core/alert-channel.ts'
import { detailsOf, headlineOf, messageKey, momentOf, type AlertNotice } from './alert-notice.ts'
import { connectionProblem, later, refused, type SendOutcome } from './send-outcome.ts'

const timeoutMs = 20_000

/** Hands a notice to a mail server once. Its message id is the same each time, so that a mailbox can tell a repetition. */
export async function sendEmail(
  notice: AlertNotice,
  target: EmailTarget,
  { environment, reveal }: { environment: NodeJS.ProcessEnv; reveal: (text: string) => string },
): Promise<SendOutcome> {
  const { host, port, security, user, password, from, to, throughProxy } = target
  const proxy = throughProxy ? (environment['https_proxy'] ?? environment['http_proxy']) : undefined
  const auth = user !== null && password !== null ? { user, pass: reveal(password) } : undefined
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(auth && { auth }),
    ...(proxy !== undefined && { proxy }),
  })
  const beginning = messageId(messageKey({ ...notice, kind: 'firing' }), from)
  try {
    await transport.sendMail({
      from,
      to,
      subject: headlineOf(notice),
      text: textOf(notice),
      date: new Date(momentOf(notice)),
      messageId: messageId(messageKey(notice), from),
      ...(notice.kind === 'resolved' && { inReplyTo: beginning, references: [beginning] }),
      headers: {
        'X-Pipewright-Alert': notice.key,
        // Machines do not answer machines (RFC 3834).
        'Auto-Submitted': 'auto-generated',
      },
    })
    return { outcome: 'delivered' }
  } catch (error) {
    return outcomeOf(error, `${host}:${port}`)
  } finally {
    transport.close()
  }
}

function textOf(notice: AlertNotice): string {
  const { severity, key, since } = notice
  return [
    detailsOf(notice),
    '',
    `Severity: ${severity}`,
    `Since: ${new Date(since).toISOString()}`,
    `Alert: ${key}`,
  ].join('\n')
}

function messageId(key: string, from: string): string {
  const name = createHash('sha256').update(key).digest('hex').slice(0, 32)
  return `<${name}@${from.split('@').at(-1)}>`
}

/** RFC 5321: what begins with 5 is refused for good, what begins with 4 for now. */
function outcomeOf(thrown: unknown, server: string): SendOutcome {
  const { code, responseCode } = thrown as { code?: string; responseCode?: number }
  if (code === 'ETLS') return refused('the mail server offers no encryption that can be trusted')
  if (code === 'EAUTH') return refused('the mail server does not take the name and the password')
  if (responseCode === undefined) {
    // The library gives what it was in its words alone.
    const reason = /\bE[A-Z]{4,}\b/.exec(String(thrown))?.[0] ?? code
    return later(`the mail server ${server} was not reached: ${connectionProblem({ code: reason })}`)
  }
  const problem = `the mail server answered with ${responseCode}`
  return responseCode >= 500 ? refused(problem) : later(problem)
}
