import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClient } from '../../src/contract/create-client.ts'
import { connectToSocket } from '../../src/hosts/transport/connect-to-socket.ts'
import { createContractServer } from '../../src/hosts/transport/contract-server.ts'
import { listenOnSocket, type SocketListener } from '../../src/hosts/transport/listen-on-socket.ts'
import { createRouter } from '../../src/services/create-router.ts'

const isWindows = process.platform === 'win32'

describe('the local socket', () => {
  let folder: string
  let socket: string
  let tokenFile: string
  let listener: SocketListener

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pipewright-socket-'))
    socket = isWindows ? `\\\\.\\pipe\\${folder.replaceAll(/\W/g, '-')}` : join(folder, 'host.sock')
    tokenFile = join(folder, 'host.token')
    const server = createContractServer({
      router: createRouter({ definitions: [], host: null }),
      onDefect: () => {},
    })
    listener = await listenOnSocket({ server, socket, tokenFile })
  })
  afterEach(() => {
    listener.stopListening()
    for (const connection of listener.connections) connection.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const firstAnswer = (line: string): Promise<string> =>
    new Promise((resolve) => {
      const stream = connect(socket).setEncoding('utf8')
      let text = ''
      stream.on('data', (piece) => (text += String(piece)))
      stream.on('close', () => resolve(text.trim()))
      stream.on('error', () => {})
      stream.write(`${line}\n`)
    })

  it('carries calls', async () => {
    const connection = (await connectToSocket({ socket, tokenFile }))!
    expect(connection.hostPid).toBe(process.pid)
    expect(await createClient(connection).nodes.list()).toEqual({ nodes: [] })
    connection.close()
    await connection.closed
  })

  it.skipIf(isWindows)('is for this user alone', () => {
    expect(statSync(socket).mode & 0o777).toBe(0o600)
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600)
  })

  it('serves nobody without the token', async () => {
    const hello = { pipewright: '0.0.0', token: 'guessed' }
    expect(JSON.parse(await firstAnswer(JSON.stringify(hello)))).toEqual({ refused: 'token' })
    expect(JSON.parse(await firstAnswer('GET / HTTP/1.1'))).toEqual({ refused: 'token' })
  })

  it('tells another version so, rather than misunderstand it', async () => {
    const token = readFileSync(tokenFile, 'utf8')
    const answer = await firstAnswer(JSON.stringify({ pipewright: '0.0.0', token }))
    expect(JSON.parse(answer)).toMatchObject({ refused: 'version' })
  })

  it('is no host to a client whose token is of an earlier one', async () => {
    writeFileSync(tokenFile, 'old')
    expect(await connectToSocket({ socket, tokenFile })).toBeNull()
  })

  it('is no host once it has stopped listening', async () => {
    listener.stopListening()
    expect(await connectToSocket({ socket, tokenFile })).toBeNull()
  })

  it('is no host to a client that had not said who it is when it stopped', async () => {
    const stream = connect(socket)
    stream.on('error', () => {})
    await new Promise((resolve) => stream.once('connect', resolve))
    const closed = new Promise((resolve) => stream.once('close', resolve))
    // The listener must have taken the connection before it stops.
    await new Promise((resolve) => setImmediate(resolve))
    listener.stopListening()
    await closed
    expect(listener.connections.size).toBe(0)
  })

  it('gives calls up with one clear error when the host is gone', async () => {
    const connection = (await connectToSocket({ socket, tokenFile }))!
    const client = createClient(connection)
    await client.nodes.list()
    for (const each of listener.connections) each.close()
    await connection.closed
    await expect(client.nodes.list()).rejects.toMatchObject({ code: 'host.lost', kind: 'environment' })
  })

  it('goes on serving when a client breaks off in the middle of a line', async () => {
    const token = readFileSync(tokenFile, 'utf8')
    const stream = connect(socket)
    stream.on('error', () => {})
    stream.write(`{"token": "${token}`)
    stream.destroy()
    const connection = (await connectToSocket({ socket, tokenFile }))!
    expect(await createClient(connection).nodes.list()).toEqual({ nodes: [] })
    connection.close()
  })
})
