import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { createServer as createSocketServer, type AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface ReceivedRequest {
  url: string
  headers: IncomingHttpHeaders
  body: string
}

/** Something that webhooks are posted to; `answers` are its next statuses, then 204. */
export async function webhookReceiver(answers: (number | { status: number; retryAfter: string })[] = []) {
  const received: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (text: string) => (body += text))
    request.on('end', () => {
      received.push({ url: request.url!, headers: request.headers, body })
      const answer = answers.shift() ?? 204
      if (typeof answer === 'number') response.writeHead(answer)
      else response.writeHead(answer.status, { 'retry-after': answer.retryAfter })
      response.end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { received, port, url: `http://127.0.0.1:${port}/hook` }
}

export interface ReceivedMail {
  from: string
  to: string[]
  /** By name in small letters; folded lines are one. */
  headers: Map<string, string>
  text: string
  /** What the client said of itself. */
  password: string | null
}

/** A mail server that speaks as much of RFC 5321 as takes a message; `refusals` are answers to the next `DATA`. */
export async function mailReceiver(refusals: string[] = []) {
  const received: ReceivedMail[] = []
  const server = createSocketServer((socket) => {
    let mail: Omit<ReceivedMail, 'headers' | 'text'> = { from: '', to: [], password: null }
    let isData = false
    let rest = ''
    const say = (line: string): void => void socket.write(`${line}\r\n`)
    const takeCommand = (line: string): void => {
      const [, path = ''] = /<([^>]*)>/.exec(line) ?? []
      if (/^EHLO/i.test(line)) {
        say('250-mail.test')
        say('250 AUTH PLAIN')
      } else if (/^AUTH PLAIN /i.test(line)) {
        mail.password = Buffer.from(line.slice(11), 'base64').toString().split('\0').at(-1)!
        say('235 welcome')
      } else if (/^MAIL/i.test(line)) {
        mail.from = path
        say('250 ok')
      } else if (/^RCPT/i.test(line)) {
        mail.to.push(path)
        say('250 ok')
      } else if (/^DATA/i.test(line)) {
        const refusal = refusals.shift()
        isData = refusal === undefined
        say(refusal ?? '354 go on')
      } else if (/^QUIT/i.test(line)) {
        say('221 bye')
        socket.end()
      } else say('502 not here')
    }
    const takeMessage = (text: string): void => {
      const [head = '', ...body] = text.split('\r\n\r\n')
      const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
      const headers = new Map(
        lines.map((line) => {
          const colon = line.indexOf(':')
          return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
        }),
      )
      received.push({ ...mail, headers, text: body.join('\r\n\r\n').replaceAll(/=\r\n/g, '') })
      mail = { from: '', to: [], password: mail.password }
      say('250 taken')
    }
    socket.setEncoding('utf8')
    socket.on('error', () => undefined)
    socket.on('data', (text: string) => {
      rest += text
      for (;;) {
        const end = isData ? '\r\n.\r\n' : '\r\n'
        const place = rest.indexOf(end)
        if (place < 0) return
        const whole = rest.slice(0, place)
        rest = rest.slice(place + end.length)
        if (isData) {
          isData = false
          takeMessage(whole)
        } else takeCommand(whole)
      }
    })
    say('220 mail.test')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { received, port: (server.address() as AddressInfo).port }
}
