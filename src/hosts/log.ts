import { appendFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PipewrightError } from '../core/errors.ts'

/** The details that no message has room for; a file of its own for each process. */
export interface Log {
  /** Written with the first entry. */
  readonly file: string
  error(error: unknown, during: string): void
}

const keptFiles = 20
const logName = /^host-.*\.log$/

export function openLog(folder: string): Log {
  const stamp = new Date().toISOString().replaceAll(':', '-').replace(/\..*/, '')
  const file = join(folder, `host-${stamp}-${process.pid}.log`)
  let started = false
  const write = (text: string): void => {
    try {
      if (!started) {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        removeOldest(folder)
      }
      started = true
      appendFileSync(file, `${new Date().toISOString()} ${text}\n`)
    } catch {
      // A log that cannot be written must not be the reason why something else fails.
    }
  }
  return { file, error: (error, during) => write(`${during}\n${detailsOf(error)}`) }
}

/** Names begin with the time, so the oldest come first. */
function removeOldest(folder: string): void {
  const logs = readdirSync(folder).filter((name) => logName.test(name))
  for (const name of logs.toSorted().slice(0, -(keptFiles - 1))) rmSync(join(folder, name), { force: true })
}

/** Stack, report and causes. */
export function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return `  ${JSON.stringify(error) ?? String(error)}`
  const report = error instanceof PipewrightError ? `\n  ${JSON.stringify(error.toReport())}` : ''
  const cause = error.cause === undefined ? '' : `\ncaused by\n${detailsOf(error.cause)}`
  return `${error.stack ?? error.message}${report}${cause}`
}
