import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks of a second in `/proc`: 100 on every Linux that Node runs on. */
const ticksPerSecond = 100

/** A process and all that it started which are still there. */
export function processTree(root: number): number[] {
  const found = [root]
  for (const pid of found) found.push(...childrenOf(pid))
  return found
}

function childrenOf(pid: number): number[] {
  return namesIn(`/proc/${pid}/task`).flatMap((thread) =>
    textOf(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  )
}

/** Its proportional set size: pages that several processes share count once among them. */
export function memoryBytesOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1]
  return Number(kilobytes ?? 0) * 1024
}

/** Seconds of a core that it has used so far. */
export function cpuSecondsOf(pid: number): number {
  const fields = textOf(`/proc/${pid}/stat`).split(') ').at(-1)!.split(' ')
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond
}

/** Seconds of cores that all of the machine has been busy since it started. */
export function machineCpuSeconds(): number {
  const [user, nice, system, , , interrupts, softInterrupts] = textOf('/proc/stat')
    .split('\n')[0]!
    .split(/\s+/)
    .slice(1)
    .map(Number)
  return (user! + nice! + system! + interrupts! + softInterrupts!) / ticksPerSecond
}

/** What cannot be read is of a process that has ended in between. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
