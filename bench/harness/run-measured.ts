import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { cpuSecondsOf, machineCpuSeconds, memoryBytesOf, processTree } from './process-tree.ts'

const pollMs = 50

export interface Command {
  file: string
  args: readonly string[]
  cwd?: string
  environment?: Readonly<Record<string, string>>
}

/** What a command took. */
export interface Measured {
  seconds: number
  /** Of all cores together. */
  cpuSeconds: number
  /** The highest sum of proportional set sizes over the process tree, as polled every 50 ms. */
  peakMemoryBytes: number
  /** How much of the machine's cores something else used meanwhile, 0 to 1. */
  foreignShare: number
  stdout: string
}

/** Runs a command to its end and measures it with everything that it starts. Throws what it printed if it fails. */
export async function runMeasured({ file, args, cwd, environment }: Command): Promise<Measured> {
  const busyBefore = machineCpuSeconds()
  const ownBefore = ownCpuSeconds()
  const start = performance.now()
  const child = spawn(file, args, {
    ...(cwd !== undefined && { cwd }),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const tree = watchTree(child.pid!)
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const seconds = (performance.now() - start) / 1000
  const { peakMemoryBytes, cpuSeconds } = tree.stop()
  if (code !== 0)
    throw new Error(`${file} ${args.join(' ')} ended with ${code}\n${output.stdout}${output.stderr}`)
  const foreign = machineCpuSeconds() - busyBefore - cpuSeconds - (ownCpuSeconds() - ownBefore)
  const foreignShare = Math.max(0, foreign / (seconds * availableParallelism()))
  return { seconds, cpuSeconds, peakMemoryBytes, foreignShare, stdout: output.stdout }
}

function watchTree(root: number) {
  const cpuSeconds = new Map<number, number>()
  let peakMemoryBytes = 0
  const look = (): void => {
    let memoryBytes = 0
    for (const pid of processTree(root)) {
      memoryBytes += memoryBytesOf(pid)
      cpuSeconds.set(pid, Math.max(cpuSeconds.get(pid) ?? 0, cpuSecondsOf(pid)))
    }
    peakMemoryBytes = Math.max(peakMemoryBytes, memoryBytes)
  }
  const timer = setInterval(look, pollMs)
  return {
    stop() {
      clearInterval(timer)
      return { peakMemoryBytes, cpuSeconds: [...cpuSeconds.values()].reduce((sum, each) => sum + each, 0) }
    },
  }
}

function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
