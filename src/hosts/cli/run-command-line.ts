import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import { reportOf } from '../../core/errors.ts'
import type { Composition } from '../composition.ts'
import { openLog } from '../log.ts'
import type { CommandContext } from './command-context.ts'
import { exitCodeOf, exitCodes, type ExitCode } from './exit-codes.ts'
import { watchInterrupts } from './interrupts.ts'
import { createOutput, type Output } from './output.ts'
import { printError } from './print-error.ts'
import { createProgram } from './program/create-program.ts'
import { showCursor } from './terminal/live-screen.ts'

/** The whole life of a `pipewright` process: reads its arguments, does the command, ends with its exit code. */
export async function runCommandLine(options: {
  composition: Composition
  argv: readonly string[]
}): Promise<void> {
  const { stdout, stderr, env } = process
  const output = createOutput({ stdout, stderr, environment: env })
  tolerateClosedPipes()
  let code: ExitCode = exitCodes.done
  const program = createProgram(async (work) => {
    const context = createContext(options.composition, output)
    code = await guarded(context, work)
  })
  try {
    await program.parseAsync(options.argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    code = error.exitCode === 0 ? exitCodes.done : exitCodes.badUsage
  }
  await flush(stdout)
  process.exit(code)
}

function createContext(composition: Composition, output: Output): CommandContext {
  const restoreTerminal = (): void => void (output.stdout.isTTY && output.stdout.write(showCursor))
  const context: CommandContext = {
    composition,
    output,
    cwd: process.cwd(),
    interrupts: watchInterrupts({ restoreTerminal }),
    log: openLog(join(tmpdir(), `pipewright-logs-${userInfo().uid}`)),
  }
  const surprised = (error: unknown): void => {
    restoreTerminal()
    fail(context, error)
    process.exit(exitCodes.failed)
  }
  process.on('uncaughtException', surprised)
  process.on('unhandledRejection', surprised)
  return context
}

async function guarded(
  context: CommandContext,
  work: (context: CommandContext) => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work(context)
  } catch (error) {
    return fail(context, error)
  }
}

function fail(context: CommandContext, error: unknown): ExitCode {
  const { first } = context.interrupts
  if (first.aborted && error === first.reason) {
    context.output.remark('Cancelled.')
    return exitCodes.cancelled
  }
  const report = reportOf(error)
  if (report.kind !== 'user') context.log.error(error, 'command')
  printError(report, { output: context.output, file: context.file, logFile: context.log.file })
  return exitCodeOf(report)
}

/** `pipewright runs list | head` closes our pipe early: the rest is for nobody, and no reason to fail. */
function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error
    })
}

function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.writable) stream.write('', () => resolve())
    else resolve()
  })
}
