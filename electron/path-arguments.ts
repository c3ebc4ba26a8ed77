import { resolve } from 'node:path'

/** The files that the app was asked to open, out of the arguments of a start (this one, or a second one). */
export function pathArguments(
  argv: readonly string[],
  { isPackaged, cwd }: { isPackaged: boolean; cwd: string },
): string[] {
  return argv
    .slice(isPackaged ? 1 : 2)
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .map((argument) => resolve(cwd, argument))
}
