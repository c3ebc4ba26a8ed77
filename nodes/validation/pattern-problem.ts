import type { CancelSignal } from '../../src/node-kit/run-context.ts'
import type { DuckDb } from '../../src/tables/open-duckdb.ts'
import { quoteText } from '../../src/tables/quote.ts'

/** Why a pattern is no regular expression in RE2 syntax; undefined where it is one. */
export async function patternProblem(
  database: DuckDb,
  pattern: string,
  signal: CancelSignal,
): Promise<{ reason: string; cause: unknown } | undefined> {
  return problemOf(database, `regexp_matches('', ${quoteText(pattern)})`, signal)
}

/** Why a format is none of strftime; undefined where it is one. */
export async function formatProblem(
  database: DuckDb,
  format: string,
  signal: CancelSignal,
): Promise<{ reason: string; cause: unknown } | undefined> {
  return problemOf(database, `try_strptime('', ${quoteText(format)})`, signal)
}

async function problemOf(
  database: DuckDb,
  sql: string,
  signal: CancelSignal,
): Promise<{ reason: string; cause: unknown } | undefined> {
  try {
    await database.rows(`SELECT ${sql}`)
    return undefined
  } catch (cause) {
    signal.throwIfAborted()
    return { reason: (cause as Error).message.replace(/^.*Error: /, ''), cause }
  }
}
