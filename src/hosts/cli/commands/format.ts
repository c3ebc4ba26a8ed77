import { reportOf } from '../../../core/errors.ts'
import { openCatalogue } from '../../open-catalogue.ts'
import type { CommandContext } from '../command-context.ts'
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-codes.ts'
import { printError } from '../print-error.ts'
import { readPipelineFile } from '../read-pipeline-file.ts'
import { replaceFile } from '../replace-file.ts'

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
