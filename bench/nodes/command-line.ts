import { runCommandLine } from '../../src/hosts/cli/run-command-line.ts'
import { benchComposition } from './composition.ts'

/** The command `pipewright` with the nodes of the benchmarks beside the built-in ones. */
await runCommandLine({ composition: benchComposition, argv: process.argv.slice(2) })
