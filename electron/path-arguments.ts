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

/** What follows `cli`, where the app was started to be the command line; null where it is to show its window. */
export function commandLineWords(argv: readonly string[], isPackaged: boolean): string[] | null {
  const [first, ...words] = argv.slice(isPackaged ? 1 : 2)
  return first === 'cli' ? words : null
}
