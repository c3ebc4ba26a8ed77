import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { WorkspacePaths } from '../../storage/workspace-paths.ts'

const largestBytes = 10 * 2 ** 20

/** Where what the processes of a deployment print is kept. */
export const serverLogFile = ({ deployments }: Pick<WorkspacePaths, 'deployments'>, name: string): string =>
  join(deployments, name, 'server.log')

/** Adds to a log of at most 20 MB, the older half of it in a file beside. */
export function appendToServerLog(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    if (sizeOf(file) > largestBytes) renameSync(file, `${file}.1`)
    appendFileSync(file, text, { mode: 0o600 })
  } catch {
    // A log that cannot be written must not be the reason why an endpoint ends.
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
