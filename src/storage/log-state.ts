import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalJson } from '../core/canonical-json.ts'
import { PipewrightError } from '../core/errors.ts'
import { sha256OfText } from '../files/sha256.ts'
import type { Workspace } from './open-workspace.ts'
import { deploymentLogFolder } from './workspace-paths.ts'

/** How far the log of a deployment is written, and by which model its answers are understood. */
export interface LogState {
  folder: string
  /** Hash of the model artifact of the first live version. */
  model: string
  /** Bytes of each file of the log: nothing behind them is read. */
  ends: Readonly<Record<string, number>>
}

/**
 * What brings a state back as long as the log has its files: those that began before `settled` (epoch ms) are whole, of
 * the others so many bytes count.
 */
export interface LogMark {
  model: string
  settled: number
  open: Readonly<Record<string, number>>
}

/** No process writes to a file of a log for longer, with an hour to spare. */
const longestFileMs = 2 * 3_600_000
const name = /^[a-z]+-(\d{15})-\d{1,3}-[0-9a-f]{8}\.log$/

/** Null where there is no such deployment, or the model is gone that answers first. */
export async function readLogState(
  { tracking, paths }: Pick<Workspace, 'tracking' | 'paths'>,
  deployment: string,
): Promise<LogState | null> {
  const found = tracking.deployments.find(deployment)
  const first = found?.spec.versions.find(({ role }) => role === 'live')
  if (!found || !first) return null
  const folder = deploymentLogFolder(paths, found.name)
  try {
    const { artifact: model } = tracking.models.resolve(first.reference)
    return { folder, model, ends: await endsIn(folder) }
  } catch (error) {
    if (error instanceof PipewrightError && error.code.startsWith('registry.')) return null
    throw error
  }
}

async function endsIn(folder: string): Promise<Record<string, number>> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const sizes = files
    .filter((file) => name.test(file))
    .map(async (file) => {
      const size = await stat(join(folder, file)).then(
        (found) => found.size,
        // It was just retired.
        () => 0,
      )
      return [file, size] as const
    })
  return Object.fromEntries((await Promise.all(sizes)).filter(([, size]) => size > 0))
}

/** Equal hashes, equal content. */
export const hashOfLogState = ({ model, ends }: LogState): string =>
  sha256OfText(canonicalJson({ model, ends }))

export function markOf({ model, ends }: LogState, now: number): LogMark {
  const settled = now - longestFileMs
  const open = Object.entries(ends).filter(([file]) => beginningOf(file) >= settled)
  return { model, settled, open: Object.fromEntries(open) }
}

/** The state that a mark was made of, where no file of it was retired since. */
export function stateAtMark(state: LogState, { model, settled, open }: LogMark): LogState {
  const ends = Object.entries(state.ends).flatMap(([file, size]) => {
    if (beginningOf(file) < settled) return [[file, size] as const]
    const end = open[file]
    return end === undefined ? [] : [[file, Math.min(end, size)] as const]
  })
  return { ...state, model, ends: Object.fromEntries(ends) }
}

const beginningOf = (file: string): number => Number(name.exec(file)![1])
