import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PipewrightError } from '../core/errors.ts'

/** The details that no message has room for; a file of its own for each process. */
export interface Log {
  /** Written with the first entry. */
  readonly file: string
  error(error: unknown, during: string): void
}

/** Logs of processes and of runs together. */
const keptFiles = 100

export function openLog(folder: string): Log {
  const stamp = new Date().toISOString().replaceAll(':', '-').replace(/\..*/, '')
  const file = join(folder, `host-${stamp}-${process.pid}.log`)
  let started = false
  const write = (text: string): void => {
    try {
      if (!started) {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        removeOldLogs(folder)
      }
      started = true
      appendFileSync(file, `${new Date().toISOString()} ${text}\n`)
    } catch {
      // A log that cannot be written must not be the reason why something else fails.
    }
  }
  return { file, error: (error, during) => write(`${during}\n${detailsOf(error)}`) }
}

/** Keeps the newest. Those of what runs now are among them, for something is always written at its start. */
export function removeOldLogs(folder: string): void {
  try {
    const paths = readdirSync(folder)
      .filter((name) => name.endsWith('.log'))
      .map((name) => join(folder, name))
    if (paths.length <= keptFiles) return
    const logs = paths.map((path) => ({ path, mtimeMs: statSync(path).mtimeMs }))
    const oldest = logs.toSorted((a, b) => a.mtimeMs - b.mtimeMs).slice(0, -keptFiles)
    for (const { path } of oldest) rmSync(path, { force: true })
  } catch {
    // Another process is tidying up, too, or somebody has removed the folder.
  }
}

/** Stack, report and causes. */
export function detailsOf(error: unknown): string {
  if (!(error instanceof Error)) return `  ${JSON.stringify(error) ?? String(error)}`
  const report = error instanceof PipewrightError ? `\n  ${JSON.stringify(error.toReport())}` : ''
  const cause = error.cause === undefined ? '' : `\ncaused by\n${detailsOf(error.cause)}`
  return `${error.stack ?? error.message}${report}${cause}`
}
