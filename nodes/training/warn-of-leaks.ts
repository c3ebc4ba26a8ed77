import type { TableData } from '../../src/core/artifacts.ts'
import type { LearningTable } from '../../src/learn/learner.ts'
import { findTellTales, tellTaleWarning } from '../../src/learn/tell-tale-features.ts'
import type { RunContext } from '../../src/node-kit/run-context.ts'
import { findLateDates, lateDateWarning } from './late-dates.ts'

/** Says before a training which features the model will hardly have when it matters. */
export async function warnOfLeaks(
  context: RunContext,
  { table, learning }: { table: TableData; learning: LearningTable },
): Promise<void> {
  for (const late of await findLateDates(context, table)) context.log('warning', lateDateWarning(late))
  for (const tellTale of await findTellTales(learning))
    context.log('warning', tellTaleWarning(tellTale, learning.target.column))
}
