import { realpath, stat, writeFile } from 'node:fs/promises'
import { reasonOfFailure } from '../../../files/reason-of-failure.ts'
import { writeAtomically } from '../../../files/write-atomically.ts'
import { reportOf } from '../../../core/errors.ts'
import { openCatalogue } from '../../open-catalogue.ts'
import type { CommandContext } from '../command-context.ts'
import { usageError } from '../errors.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { printError } from '../print-error.ts'
import { readPipelineFile } from '../read-pipeline-file.ts'

/** Goes on after a file that cannot be formatted; the worst outcome is the exit code. */
export async function format(
  context: CommandContext,
  options: { files: readonly string[]; check: boolean },
): Promise<ExitCode> {
  const { output, log } = context
  const client = await openCatalogue(context)
  let code: ExitCode = exitCodes.done
  for (const file of options.files) {
    try {
      const document = await readPipelineFile(file, context.cwd)
      const { text } = await client.pipelines.format({ text: document.text })
      if (text === document.text) continue
      if (!options.check) await replaceFile(document.path, { name: file, text })
      output.line(options.check ? `${file} is not in canonical form.` : `Formatted ${file}.`)
      if (options.check && code === exitCodes.done) code = exitCodes.failed
    } catch (error) {
      const report = reportOf(error)
      printError(report, { output, file, logFile: log.file })
      code = exitCodeOf(report)
    }
  }
  return code
}

async function replaceFile(path: string, { name, text }: { name: string; text: string }): Promise<void> {
  try {
    // A link stays a link, and the file keeps its permissions.
    const target = await realpath(path)
    const { mode } = await stat(target)
    await writeAtomically(target, (temporary) => writeFile(temporary, text, { mode }))
  } catch (cause) {
    throw usageError('not-written', { path: name, problem: reasonOfFailure(cause) }, { cause })
  }
}
