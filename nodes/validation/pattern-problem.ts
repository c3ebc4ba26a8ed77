import type { CancelSignal } from '../../src/node-kit/run-context.ts'
import type { DuckDb } from '../../src/tables/open-duckdb.ts'
import { quoteText } from '../../src/tables/quote.ts'

/** Why a pattern is no regular expression in RE2 syntax; undefined where it is one. */
export async function patternProblem(
  database: DuckDb,
  pattern: string,
  signal: CancelSignal,
): Promise<{ reason: string; cause: unknown } | undefined> {
  try {
    await database.rows(`SELECT regexp_matches('', ${quoteText(pattern)})`)
    return undefined
  } catch (cause) {
    signal.throwIfAborted()
    return { reason: (cause as Error).message.replace(/^.*Error: /, ''), cause }
  }
}
