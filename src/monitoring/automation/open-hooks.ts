import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { PipewrightError } from '../../core/errors.ts'
import type { ScheduleRecord, Schedules } from '../../storage/schedules.ts'
import type { Automation } from './open-automation.ts'

/** Where pipelines are started by a call: `POST /hooks/NAME` on this machine. */
export interface Hooks {
  /** The address of a schedule; null while nobody listens. */
  addressOf(schedule: Pick<ScheduleRecord, 'name'>): string | null
  /** The token of a schedule, made when it is first asked for. */
  tokenOf(schedule: ScheduleRecord): string
  /** Listens as long as there is a schedule that is on and has a token. */
  resume(): void
  close(): Promise<void>
}

const host = '127.0.0.1'
const mostBytes = 64 * 1_024
const tickMs = 1_000

/** Values of parameters, where a call gives any. */
const bodySchema = z.strictObject({
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
})

export function openHooks(options: {
  schedules: Schedules
  automation: Pick<Automation, 'ask'>
  /** Where the port is kept, so that the address stays. */
  root: string
  onDefect: (error: unknown, during: string) => void
}): Hooks {
  const { schedules, automation, root, onDefect } = options
  const file = join(root, 'hooks.json')
  let server: Server | null = null
  let timer: NodeJS.Timeout | null = null

  const isWanted = (): boolean => schedules.list().some(({ isOn, hookToken }) => isOn && hookToken !== null)
  const listen = (): void => {
    const opened = createServer((request, response) => {
      answer(request, response, { schedules, automation, port: portOf(opened) }).catch((error: unknown) => {
        onDefect(error, 'a webhook')
        end(response, 500, { error: 'This is our mistake, not yours.' })
      })
    })
    opened.requestTimeout = 30_000
    opened.headersTimeout = 10_000
    server = opened
    opened.once('listening', () => keepPort(file, portOf(opened)))
    opened.once('error', () => {
      // Another program has the port: any other will do.
      opened.once('error', () => (server = null))
      if (server === opened) opened.listen(0, host)
    })
    opened.listen(keptPort(file), host)
  }
  const tick = (): void => {
    if (isWanted() && !server) listen()
  }
  return {
    addressOf({ name }) {
      const port = server?.listening ? portOf(server) : null
      return port === null ? null : `http://${host}:${port}/hooks/${name}`
    },
    tokenOf({ number, hookToken }) {
      if (hookToken !== null) return hookToken
      const token = randomBytes(32).toString('base64url')
      schedules.giveToken({ number, token })
      if (timer) tick()
      return token
    },
    resume() {
      timer ??= setInterval(tick, tickMs)
      tick()
    },
    async close() {
      if (timer) clearInterval(timer)
      timer = null
      const open = server
      server = null
      if (!open) return
      const closed = new Promise((resolve) => open.close(resolve))
      open.closeIdleConnections()
      await closed
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  {
    schedules,
    automation,
    port,
  }: { schedules: Schedules; automation: Pick<Automation, 'ask'>; port: number },
): Promise<void> {
  const names = new Set([`${host}:${port}`, `localhost:${port}`])
  if (!names.has(request.headers.host ?? ''))
    return end(response, 421, { error: 'This host is not known here.' })
  // No page has business here.
  if (request.headers.origin !== undefined) return end(response, 403, { error: 'A page may not call this.' })
  if (request.method !== 'POST') return end(response, 405, { error: 'POST starts the pipeline.' })
  const token = /^Bearer (\S{20,200})$/.exec(request.headers.authorization ?? '')?.[1]
  const schedule = token === undefined ? null : schedules.byToken(token)
  if (!schedule || request.url !== `/hooks/${schedule.name}`)
    return end(response, 401, { error: 'The token is missing, or of another address.' })
  if (!schedule.isOn) return end(response, 409, { error: `“${schedule.name}” is switched off.` })
  const text = await bodyOf(request)
  if (text === null) return end(response, 413, { error: 'The body is too large.' })
  const body = bodySchema.safeParse(text.trim() === '' ? {} : parsed(text))
  if (!body.success)
    return end(response, 400, { error: 'The body is {"parameters": {…}}, or there is none.' })
  const delivery = request.headers['idempotency-key'] ?? randomBytes(12).toString('hex')
  const parameters = Object.entries(body.data.parameters).map(([name, value]) => [name, String(value)])
  try {
    const occurrence = await automation.ask({
      path: schedule.path,
      name: schedule.name,
      key: `delivery ${String(delivery).slice(0, 200)}`,
      parameters: Object.fromEntries(parameters) as Record<string, string>,
      who: 'webhook',
    })
    end(response, 202, { occurrence: occurrence.number, state: occurrence.state })
  } catch (error) {
    if (!(error instanceof PipewrightError)) throw error
    end(response, 422, { error: error.message })
  }
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > mostBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function end(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
  response.end(`${JSON.stringify(body)}\n`)
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

/** 0, any that is free, where none was kept. */
function keptPort(file: string): number {
  try {
    return z.strictObject({ port: z.int().min(1).max(65_535) }).parse(JSON.parse(readFileSync(file, 'utf8')))
      .port
  } catch {
    return 0
  }
}

function keepPort(file: string, port: number): void {
  if (keptPort(file) !== port) writeFileSync(file, `${JSON.stringify({ port })}\n`)
}
