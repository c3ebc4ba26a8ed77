import { readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { writeAtomically } from '../files/write-atomically.ts'
import { asStorageError } from './sql.ts'
import type { WorkspacePaths } from './workspace-paths.ts'

export interface WorkspaceLock {
  release(): void
}

/** Who holds the workspace; nulls while that host has not yet written its name. `startedAt` is epoch ms. */
export interface LockHolder {
  pid: number | null
  startedAt: number | null
}

/**
 * Takes the workspace for this process. The lock is a write transaction that stays open on an empty SQLite file, so
 * the operating system gives it back when the process ends, however it ends; the note beside it only tells a
 * second host who the first is.
 */
export async function acquireWorkspaceLock(
  paths: Pick<WorkspacePaths, 'lock'>,
): Promise<{ lock: WorkspaceLock } | { heldBy: LockHolder }> {
  const note = `${paths.lock}.json`
  const database = lockFile(paths.lock)
  if (!database) return { heldBy: await readHolder(note) }
  const holder = { pid: process.pid, startedAt: Date.now() } satisfies LockHolder
  try {
    await writeAtomically(note, (path) => writeFile(path, `${JSON.stringify(holder)}\n`))
  } catch (error) {
    database.close()
    throw error
  }
  const release = (): void => {
    if (!database.open) return
    rmSync(note, { force: true })
    database.close()
  }
  return { lock: { release } }
}

function lockFile(path: string): Database.Database | null {
  let database: Database.Database | undefined
  try {
    database = new Database(path, { timeout: 0 })
    database.exec('begin immediate')
    return database
  } catch (error) {
    database?.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null
    throw asStorageError(error, path)
  }
}

/** A host that has just taken the lock needs a moment to write its note over that of a dead one. */
async function readHolder(note: string): Promise<LockHolder> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const holder = noted(note)
    if (holder.pid !== null && isAlive(holder.pid)) return holder
    await sleep(25)
  }
  return { pid: null, startedAt: null }
}

function noted(note: string): LockHolder {
  try {
    return JSON.parse(readFileSync(note, 'utf8')) as LockHolder
  } catch {
    return { pid: null, startedAt: null }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
