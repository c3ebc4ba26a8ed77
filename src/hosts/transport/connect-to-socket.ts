import { RPCLink } from '@orpc/client/message-port'
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import type { Link } from '../../contract/create-client.ts'
import { hostError } from '../errors.ts'
import { version } from '../version.ts'
import { handshakeTimeoutMs, parseLine, type Hello, type Welcome } from './handshake.ts'
import type { Port } from './port.ts'
import { portOverSocket } from './socket-port.ts'

export interface HostConnection extends Link {
  hostPid: number
  /** Settles when the connection is gone, whoever ended it. */
  closed: Promise<void>
  close(): void
}

/** Where the socket of a host is, and the file with what it wants to be shown. */
export interface WayToHost {
  socket: string
  tokenFile: string
}

/**
 * Attaches to the host that listens on a socket. Null when none does (it is starting, or ending). Calls reject with
 * a `host.lost` error when the host dies.
 */
export async function connectToSocket(way: WayToHost): Promise<HostConnection | null> {
  const answer = await openSocketPort(way)
  return answer && connectionOver(answer.port, answer.hostPid)
}

/** A connection over which the contract can be spoken; null where nobody listens. */
export async function openSocketPort(way: WayToHost): Promise<{ port: Port; hostPid: number } | null> {
  const token = await readIfThere(way.tokenFile)
  const socket = token === null ? null : await openSocket(way.socket)
  if (token === null || socket === null) return null
  const port = portOverSocket(socket)
  const answer = await shakeHands(port, { pipewright: version, token })
  if (answer !== null && 'welcome' in answer) return { port, hostPid: answer.welcome.pid }
  port.close()
  // A token that is refused is one of a host before: the next one has just replaced the file.
  if (answer === null || answer.refused === 'token') return null
  throw hostError('other-version', { theirs: answer.pipewright, ours: version })
}

function connectionOver(port: Port, hostPid: number): HostConnection {
  const state = { closing: false, gone: false }
  const closed = new Promise<void>((resolve) =>
    port.once('close', () => {
      state.gone = true
      resolve()
    }),
  )
  const link = new RPCLink({
    port,
    interceptors: [
      (call) => {
        if (state.gone) throw hostError('lost', { pid: hostPid })
        return call.next()
      },
    ],
  })
  return {
    link,
    hostPid,
    closed,
    explain: (error) =>
      state.gone && !state.closing ? hostError('lost', { pid: hostPid }, { cause: error }) : error,
    close() {
      state.closing = true
      port.close()
    },
  }
}

async function shakeHands(port: Port, hello: Hello): Promise<Welcome | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), handshakeTimeoutMs)
    port.once('message', (event) => {
      clearTimeout(timer)
      resolve(parseLine(event?.data ?? '') as Welcome | null)
    })
    port.once('close', () => {
      clearTimeout(timer)
      resolve(null)
    })
    port.postMessage(JSON.stringify(hello))
  })
}

function openSocket(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(null))
  })
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return null
  }
}
