import type { ErrorReport } from '../../core/errors.ts'

/** What a command tells the shell. */
export const exitCodes = { done: 0, failed: 1, badUsage: 2, cancelled: 3 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** Of an error outside a run: what the user asked for cannot be, or the environment (or we) failed. */
export function exitCodeOf(report: ErrorReport): ExitCode {
  return report.kind === 'user' ? exitCodes.badUsage : exitCodes.failed
}
