import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { createClient, type Client } from '../../src/contract/create-client.ts'
import type { Composition } from '../../src/hosts/composition.ts'
import type { Host } from '../../src/hosts/host.ts'
import { openHttpHost, type HttpHost } from '../../src/hosts/http/open-http-host.ts'
import { openHost } from '../../src/hosts/open-host.ts'

export const transports = ['in-process', 'local socket', 'WebSocket', 'WebSocket of a guest'] as const
export type Transport = (typeof transports)[number]

export interface OpenTransport {
  host: Host
  client: Client
  /** The process that the client speaks to takes part in the workspace as this. */
  role: Host['role']
  close(): Promise<void>
}

export async function openTransport(
  transport: Transport,
  { folder, composition }: { folder: string; composition: Composition },
): Promise<OpenTransport> {
  const open = (): Promise<Host> =>
    openHost({ folder, composition, shared: true, signal: new AbortController().signal })
  const host = await open()
  if (transport === 'in-process')
    return { host, client: host.client, role: host.role, close: () => host.close() }
  if (transport === 'WebSocket') {
    const page = await openPage(host)
    return { host, client: page.client, role: host.role, close: () => page.close().then(() => host.close()) }
  }
  const guest = await open()
  const page = transport === 'local socket' ? null : await openPage(guest)
  return {
    host,
    client: page?.client ?? guest.client,
    role: guest.role,
    async close() {
      await page?.close()
      await guest.close()
      await host.close()
    },
  }
}

export interface Page {
  http: HttpHost
  origin: string
  cookie: string
  client: Client
  close(): Promise<void>
}

/** A server for browsers and a client that came in as one does: by the start address, then a WebSocket. */
export async function openPage(host: Host): Promise<Page> {
  const window = makeWindow()
  const http = await openHttpHost({ host, renderer: window.folder, port: 0 })
  const origin = `http://127.0.0.1:${http.port}`
  const cookie = await redeem(http.startAddress())
  const websocket = new WebSocket(`ws://127.0.0.1:${http.port}/api/socket`, { headers: { cookie }, origin })
  await new Promise<void>((resolve, reject) => {
    websocket.once('open', resolve)
    websocket.once('error', reject)
  })
  const link = new RPCLink({ websocket: websocket as unknown as globalThis.WebSocket })
  return {
    http,
    origin,
    cookie,
    client: createClient({ link }),
    async close() {
      websocket.close()
      await http.close()
      window.remove()
    },
  }
}

export async function redeem(startAddress: string): Promise<string> {
  const answer = await fetch(startAddress)
  return answer.headers.getSetCookie()[0]!.split(';')[0]!
}

/** As little of a window as a server needs. */
function makeWindow(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-window-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><html data-theme="system"><body>window</body></html>',
  )
  writeFileSync(join(folder, 'assets', 'app-1234.js'), 'export {}\n')
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
