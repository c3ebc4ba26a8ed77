import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { reasonOfFailure } from '../../files/reason-of-failure.ts'
import { writeAtomically } from '../../files/write-atomically.ts'
import { usageError } from './errors.ts'

/** Writes what a command was asked to leave behind, whole or not at all; `file` as the user named it. */
export async function writeResult(file: string, { cwd, text }: { cwd: string; text: string }): Promise<void> {
  try {
    await writeAtomically(resolve(cwd, file), (temporary) => writeFile(temporary, text))
  } catch (cause) {
    throw usageError('not-written', { path: file, problem: reasonOfFailure(cause) }, { cause })
  }
}
