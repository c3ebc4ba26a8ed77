import { createHash, timingSafeEqual } from 'node:crypto'

/** The first line of either side. The contract is spoken only between equal versions. */
export interface Hello {
  pipewright: string
  token: string
}
export type Welcome =
  | { welcome: { pid: number } }
  | { refused: 'version'; pipewright: string }
  | { refused: 'token' }

export const handshakeTimeoutMs = 5_000

/** What the host answers. */
export function answerHello(text: string, host: { version: string; token: string; pid: number }): Welcome {
  const hello = parseLine(text) as Partial<Hello> | null
  if (typeof hello?.token !== 'string' || !equalSecrets(hello.token, host.token)) return { refused: 'token' }
  return hello.pipewright === host.version
    ? { welcome: { pid: host.pid } }
    : { refused: 'version', pipewright: host.version }
}

export function parseLine(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
