import { execFileSync } from 'node:child_process'

/** The ids of the processes that a process has started and that live. Not on Windows. */
export function childrenOf(parent: number): number[] {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return processes
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [pid: number, parent: number])
    .flatMap(([pid, ppid]) => (ppid === parent ? [pid] : []))
}
