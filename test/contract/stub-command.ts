import { runCommandLine } from '../../src/hosts/cli/run-command-line.ts'
import { stubComposition } from './stub-composition.ts'

/** `pipewright` with the stub nodes, as a process of its own. */
await runCommandLine({ composition: stubComposition, argv: process.argv.slice(2) })
