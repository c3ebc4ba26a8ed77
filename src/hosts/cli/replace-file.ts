import { realpath, stat, writeFile } from 'node:fs/promises'
import { reasonOfFailure } from '../../files/reason-of-failure.ts'
import { writeAtomically } from '../../files/write-atomically.ts'
import { usageError } from './errors.ts'

/** Gives a file that is there another text, whole or not at all. */
export async function replaceFile(
  path: string,
  { name, text }: { name: string; text: string },
): Promise<void> {
  try {
    // A link stays a link, and the file keeps its permissions.
    const target = await realpath(path)
    const { mode } = await stat(target)
    await writeAtomically(target, (temporary) => writeFile(temporary, text, { mode }))
  } catch (cause) {
    throw usageError('not-written', { path: name, problem: reasonOfFailure(cause) }, { cause })
  }
}
