import { builtInComposition } from '../built-in-composition.ts'
import { runCommandLine } from './run-command-line.ts'

/** The command as it is installed. */
export async function main(): Promise<void> {
  await runCommandLine({ composition: builtInComposition, argv: process.argv.slice(2) })
}
