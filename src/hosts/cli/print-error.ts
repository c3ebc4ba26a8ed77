import type { ErrorReport } from '../../core/errors.ts'
import type { Output } from './output.ts'
import { harmless } from './terminal/text-width.ts'

/** What, where and the remedy; for our own mistakes also where the details are. Never a stack. */
export function printError(
  report: ErrorReport,
  { output, file, logFile }: { output: Output; file?: string | undefined; logFile?: string | undefined },
): void {
  const { red, dim } = output.errorStyle
  const place = placeOf(report, file)
  output.remark(`${red('error:')} ${harmless(report.message)}`)
  if (place) output.remark(dim(`  at ${place}`))
  output.remark(`  ${harmless(report.remedy)}`)
  if (report.kind === 'defect' && logFile) output.remark(dim(`  details: ${logFile}`))
}

function placeOf({ kind, at, values, message }: ErrorReport, named: string | undefined): string {
  // What the environment did has nothing to do with the file that a command is about.
  const file = kind === 'user' ? named : undefined
  const { line, column } = values
  const parts = [
    at && `node ${at.node}`,
    at?.port !== undefined && `port ${at.port}`,
    at?.param !== undefined && `parameter ${at.param}`,
    file !== undefined && line !== undefined && [file, line, column ?? 1].join(':'),
    file !== undefined && line === undefined && !at && !message.includes(file) && file,
  ]
  return parts
    .filter(Boolean)
    .map((part) => harmless(String(part)))
    .join(', ')
}
