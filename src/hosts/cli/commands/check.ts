import type { CommandContext } from '../command-context.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { parseParameters } from '../parse-parameters.ts'
import { printFindings } from '../print-findings.ts'
import type { CheckOptions } from '../program/options.ts'
import { readPipelineFile } from '../read-pipeline-file.ts'
import { countOf } from '../terminal/format-amounts.ts'
import { resolvePathParameters } from '../resolve-path-parameters.ts'
import { withHostToLook } from '../with-host-to-look.ts'

export async function check(
  context: CommandContext,
  options: CheckOptions & { file: string },
): Promise<ExitCode> {
  const { output, cwd } = context
  context.file = options.file
  const given = parseParameters(options.param)
  const document = await readPipelineFile(options.file, cwd)
  const parameters = resolvePathParameters(given, { document, cwd })
  const look = { file: document.path, named: options.workspace }
  const { findings } = await withHostToLook(context, look, ({ client }) =>
    client.pipelines.check({ document, parameters }, { signal: context.interrupts.first }),
  )
  const errors = findings.filter(({ severity }) => severity === 'error').length
  if (options.json) output.json({ findings })
  else {
    printFindings(findings, { output, document, file: options.file })
    output.line(
      findings.length === 0
        ? `${options.file} is fine.`
        : `${countOf(errors, 'error')}, ${countOf(findings.length - errors, 'warning')}.`,
    )
  }
  return errors > 0 ? exitCodes.badUsage : exitCodes.done
}
