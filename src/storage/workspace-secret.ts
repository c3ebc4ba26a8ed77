import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { reasonOfFailure } from '../files/reason-of-failure.ts'
import { storageError } from './errors.ts'
import type { WorkspacePaths } from './workspace-paths.ts'

const form = /^[0-9a-f]{64}$/

/**
 * What the ids of predictions are signed with: 32 bytes in hexadecimal, made when it is first asked for. It is readable
 * for this user alone, and goes into no export, log or database; without it ids that were given out are not known again.
 */
export function workspaceSecret({ secret: file }: Pick<WorkspacePaths, 'secret'>): string {
  try {
    return readOrMake(file)
  } catch (error) {
    throw storageError('unwritable', { file, problem: reasonOfFailure(error) }, { cause: error })
  }
}

function readOrMake(file: string): string {
  const made = randomBytes(32).toString('hex')
  try {
    writeFileSync(file, `${made}\n`, { flag: 'wx', mode: 0o600, flush: true })
    return made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const known = readFileSync(file, 'utf8').trim()
  if (form.test(known)) return known
  // A host that died while it wrote it gave out no id yet.
  writeFileSync(file, `${made}\n`, { mode: 0o600, flush: true })
  chmodSync(file, 0o600)
  return made
}
