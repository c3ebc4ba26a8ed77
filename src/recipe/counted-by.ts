import type { MixedChunk } from '../tables/coded-texts.ts'
import type { CategoryCounts } from './accumulators/category-counts.ts'
import type { Fit } from './transform.ts'

/** How a fit that only counts categories of columns takes its rows. */
export function countedBy(
  counts: readonly { name: string; values: CategoryCounts }[],
): Required<Pick<Fit<never>, 'add' | 'addCoded'>> {
  const add = ({ columns }: MixedChunk): void => {
    for (const { name, values } of counts) values.addColumn(columns[name]!)
  }
  return { add, addCoded: add }
}
