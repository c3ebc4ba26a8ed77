import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { memoryBytesOf, processTree } from '../harness/process-tree.ts'
import type { Command } from '../harness/run-measured.ts'

const startMs = 90_000
const pollMs = 100

/** A server that answers. */
export interface RunningServer {
  /** Sum of proportional set sizes over its processes, as they are now. */
  memoryBytes(): number
  stop(): Promise<void>
}

/** Starts a server and waits until it answers a request. */
export async function runServer(
  { file, args, cwd, environment }: Command,
  ask: { url: string; body: string },
): Promise<RunningServer> {
  const child = spawn(file, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let problem = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  for (const start = performance.now(); !(await isAnswering(ask)); await delay(pollMs))
    if (child.exitCode !== null || performance.now() - start > startMs)
      throw new Error(`${file} ${args.join(' ')} does not answer\n${problem}`)
  return {
    memoryBytes: () => processTree(child.pid!).reduce((total, pid) => total + memoryBytesOf(pid), 0),
    async stop() {
      child.kill('SIGINT')
      await Promise.race([ended, delay(15_000, undefined, { ref: false })])
      if (child.exitCode === null) child.kill('SIGKILL')
    },
  }
}

async function isAnswering({ url, body }: { url: string; body: string }): Promise<boolean> {
  try {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
    return answer.ok
  } catch {
    return false
  }
}
