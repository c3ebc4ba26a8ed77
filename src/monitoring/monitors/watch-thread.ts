import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'

/*
 * The thread that measures. Where threads have priorities of their own, it gives way to those that answer somebody, from
 * before it loads anything.
 */
if (process.platform === 'linux') {
  const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
  setPriority(thread, constants.priority.PRIORITY_LOW)
}
await import('./serve-watch.ts')
