import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { MissingPeer } from '../harness/peer.ts'

/** What a server took when it was asked as often as it could answer. */
export interface Saturation {
  requestsPerSecond: number
  p99Ms: number
}

const connections = 16
const script = fileURLToPath(import.meta.resolve('./post.lua'))
const unitMs: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000 }

export function requireWrk(): void {
  if (spawnSync('wrk', ['-v']).error)
    throw new MissingPeer('To load servers with, wrk is missing: apt-get install wrk')
}

/** Loads a server with wrk over 16 connections: each sends a line of the file as soon as the one before is answered. */
export async function saturate(
  url: string,
  { bodies, seconds }: { bodies: string; seconds: number },
): Promise<Saturation> {
  const args = [
    '-t1',
    `-c${connections}`,
    `-d${seconds}s`,
    '--latency',
    '--timeout',
    '10s',
    '-s',
    script,
    url,
    '--',
    bodies,
  ]
  const text = await outputOf('wrk', args)
  const failed = /Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? /Socket errors: (.*)/.exec(text)?.[1]
  if (failed !== undefined) throw new Error(`${url}: ${failed} of the requests failed`)
  const [, amount, unit] = /99%\s+([\d.]+)(us|ms|s|m)\b/.exec(text)!
  return {
    requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(text)![1]),
    p99Ms: Number(amount) * unitMs[unit!]!,
  }
}

async function outputOf(file: string, args: readonly string[]): Promise<string> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`${file} ended with ${String(code)}`)
  return text
}
